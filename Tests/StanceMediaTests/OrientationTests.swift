import StanceImaging
import Testing

@testable import StanceMedia

@Suite struct OrientationTests {
  /// What the picture shows at (x, y) of the upright picture, from the stored one, after EXIF's
  /// definition of where row 0 and column 0 are.
  private func stored(_ orientation: Orientation, _ x: Int, _ y: Int, _ w: Int, _ h: Int)
    -> (x: Int, y: Int)
  {
    switch orientation {
    case .upright: (x, y)
    case .mirrored: (w - 1 - x, y)
    case .upsideDown: (w - 1 - x, h - 1 - y)
    case .upsideDownMirrored: (x, h - 1 - y)
    case .transposed: (y, x)
    case .turnedLeft: (y, h - 1 - x)
    case .transversed: (w - 1 - y, h - 1 - x)
    case .turnedRight: (w - 1 - y, x)
    }
  }

  /// The same file with another value of tag 274.
  private func patched(_ bytes: [UInt8], _ value: Int) throws -> [UInt8] {
    let little: [UInt8] = [0x12, 0x01, 3, 0, 1, 0, 0, 0, 6, 0]
    let big: [UInt8] = [0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6]
    var bytes = bytes
    for (pattern, place) in [(little, 8), (big, 9)] {
      let found = (0...bytes.count - 10).first { bytes[$0..<$0 + 10].elementsEqual(pattern) }
      guard let found else { continue }
      bytes[found + place] = UInt8(value)
      return bytes
    }
    throw MediaError(.damaged, name: "fixture", reason: "has no orientation")
  }

  @Test(
    arguments: ["oriented.jpg", "oriented.png", "oriented.webp", "oriented.tif"],
    Orientation.allCases)
  func everyOrientationIsTurnedUpright(_ file: String, _ orientation: Orientation) throws {
    let bytes = try Fixture.bytes(file)
    let plain = try ImageDecoder.decode(patched(bytes, 1), name: file).pixels
    let turned = try ImageDecoder.decode(patched(bytes, orientation.rawValue), name: file)
    let (w, h) = (plain.width, plain.height)
    #expect(turned.width == (orientation.swapsSides ? h : w))
    #expect(turned.height == (orientation.swapsSides ? w : h))
    var wrong = 0
    for y in 0..<turned.height {
      for x in 0..<turned.width {
        let from = stored(orientation, x, y, w, h)
        for channel in 0..<3 {
          let place = (y * turned.width + x) * 3 + channel
          let original = plain.pixels[(from.y * w + from.x) * 3 + channel]
          if turned.pixels.pixels[place] != original { wrong += 1 }
        }
      }
    }
    #expect(wrong == 0)
  }

  @Test(arguments: [0, 9, 255]) func anUnknownOrientationIsUpright(_ value: Int) throws {
    let bytes = try Fixture.bytes("oriented.png")
    let image = try ImageDecoder.decode(patched(bytes, value), name: "x.png")
    #expect(image.width == 13)
  }

  @Test func aDamagedDirectoryIsUpright() throws {
    let exif: [UInt8] =
      Array("Exif\0\0II*\0".utf8) + [8, 0, 0, 0, 1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0]
    #expect(TIFFDirectory.orientation(inEXIF: exif[...]) == .turnedLeft)
    for count in 0..<exif.count - 4 {
      #expect(TIFFDirectory.orientation(inEXIF: exif[..<count]) == .upright)
    }
    var generator = SeededGenerator(state: 3)
    for _ in 0..<2000 {
      var mutant = exif
      for _ in 0..<3 {
        mutant[Int.random(in: 6..<mutant.count, using: &generator)] = .random(
          in: 0...255, using: &generator)
      }
      let orientation = TIFFDirectory.orientation(inEXIF: mutant[...])
      #expect(Orientation.allCases.contains(orientation))
    }
  }
}
