import StanceImaging
import StancePose
import Testing

@testable import StanceDrawing

@Suite struct MaskDrawingTests {
  private let mask = Mask(
    width: 6, height: 2, coverage: [0, 0, 51, 255, 255, 255, 0, 0, 0, 0, 0, 9])

  /// Bits a channel and colour type of a PNG's header.
  private func format(_ png: [UInt8]) -> [UInt8] { Array(png[24...25]) }

  @Test func aMaskIsOneChannel() throws {
    let png = try mask.pngBytes()
    #expect(pngSize(png).map { [$0.width, $0.height] } == [6, 2])
    #expect(format(png) == [8, 0])
    let parts = PartMap(width: 6, height: 2, labels: [UInt8](repeating: 13, count: 12))
    #expect(format(try parts.pngBytes()) == [8, 0])
    #expect(format(try parts.colored().pngBytes()) == [8, 2])
  }

  @Test func aCutOutHasTransparency() throws {
    let picture = grey(width: 6, height: 2)
    #expect(format(try picture.pngBytes(cutOutBy: mask)) == [8, 6])
    #expect(throws: DrawingError.self) { try grey(width: 5, height: 2).pngBytes(cutOutBy: mask) }
  }

  @Test func everyPartHasAColorOfItsOwn() {
    let labels = (0...24).map { UInt8($0) } + [25, 255]
    let colored = PartMap(width: labels.count, height: 1, labels: labels).colored()
    let colors = labels.indices.map { Array(colored.pixels[$0 * 3..<$0 * 3 + 3]) }
    #expect(colors[0] == [0, 0, 0] && colors[25] == [0, 0, 0] && colors[26] == [0, 0, 0])
    #expect(Set(colors[..<25]).count == 25)
  }

  @Test func overlaysTintPeopleAndNobodyTwice() throws {
    let picture = grey(width: 6, height: 2)
    var overlay = MaskOverlay(picture)
    try overlay.add(mask, person: 0)
    let once = overlay.picture
    #expect(Array(once.pixels[..<6]) == Array(picture.pixels[..<6]))
    #expect(Array(once.pixels[12..<15]) != Array(picture.pixels[12..<15]))
    try overlay.add(mask, person: 1)
    #expect(Array(overlay.picture.pixels[9..<18]) == Array(once.pixels[9..<18]))
    #expect(throws: DrawingError.self) {
      try overlay.add(PartMap(width: 1, height: 1, labels: [1]))
    }
  }
}
