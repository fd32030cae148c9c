import Foundation
import StanceDrawing
import StanceImaging
import StancePose
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// The size that a PNG's header tells; nil where it is not one.
func pngSize(_ bytes: [UInt8]) -> (width: Int, height: Int)? {
  guard bytes.count > 33, bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
  else { return nil }
  func number(at offset: Int) -> Int {
    bytes[offset..<offset + 4].reduce(0) { $0 << 8 | Int($1) }
  }
  return (number(at: 16), number(at: 20))
}

@Suite struct DrawingFileTests {
  private let overlay = PoseOverlay(
    picture: grey(width: 120, height: 80),
    poses: [
      pose(["nose": (60, 20), "left_hip": (40, 60), "left_knee": (80, 60)], keypointScore: 0.5),
      pose(["nose": (30, 30), "right_hip": (20, 70), "right_knee": (90, 70)]),
    ], options: .init(showsBox: true))

  /// A new folder that is removed after `body`.
  private func withFolder(_ body: (URL) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("stance-drawing-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder)
  }

  @Test(arguments: DrawingFormat.allCases)
  func theSameDrawingGivesTheSameBytes(format: DrawingFormat) throws {
    let first = try overlay.encoded(as: format)
    _ = try PoseOverlay(picture: grey(width: 5, height: 5), poses: []).encoded(as: .svg)
    #expect(try overlay.encoded(as: format) == first)
  }

  @Test func drawingsMadeAtTheSameTimeDoNotDisturbEachOther() async throws {
    let overlay = overlay
    for format in DrawingFormat.allCases {
      let alone = try overlay.encoded(as: format)
      let equal = try await withThrowingTaskGroup(of: Bool.self) { group in
        for _ in 0..<16 { group.addTask { try overlay.encoded(as: format) == alone } }
        return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
      }
      #expect(equal == 16)
    }
  }

  @Test func pngHasThePicturesSize() throws {
    let bytes = try overlay.encoded(as: .png)
    #expect(pngSize(bytes).map { [$0.width, $0.height] } == [120, 80])
  }

  @Test func svgIsWellFormedAndHoldsThePicture() throws {
    final class Counter: NSObject, XMLParserDelegate {
      var elements: [String: Int] = [:]
      func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
        qualifiedName: String?, attributes: [String: String] = [:]
      ) { elements[name, default: 0] += 1 }
    }
    let bytes = try overlay.encoded(as: .svg)
    let counter = Counter()
    let parser = XMLParser(data: Data(bytes))
    parser.delegate = counter
    #expect(parser.parse())
    #expect(counter.elements["image"] == 1)
    #expect(counter.elements["path", default: 0] > 15)
    let text = String(decoding: bytes, as: UTF8.self)
    #expect(text.contains(#"viewBox="0 0 120 80""#))
    #expect(text.contains("data:image/png;base64,iVBOR"))
    #expect(text.contains(##"href="#image2""##) || text.contains(##"href="#image1""##))
  }

  @Test func pdfHasOnePageOfThePicturesSizeAndNoDate() throws {
    let text = String(decoding: try overlay.encoded(as: .pdf), as: UTF8.self)
    #expect(text.hasPrefix("%PDF-1."))
    #expect(text.contains("%%EOF"))
    #expect(text.contains("/MediaBox [ 0 0 120 80 ]"))
    #expect(!text.contains("CreationDate"))
    let long = PoseOverlay(picture: grey(width: 28_800, height: 2), poses: [])
    let longText = String(decoding: try long.encoded(as: .pdf), as: UTF8.self)
    #expect(longText.contains("/MediaBox [ 0 0 14400 1 ]"))
  }

  @Test func theExtensionChoosesTheFormat() throws {
    try withFolder { folder in
      for (name, start) in [("a.png", "\u{89}PNG"), ("b.c.SVG", "<?xml"), ("d.Pdf", "%PDF")] {
        let file = folder.appendingPathComponent(name)
        try overlay.write(to: file.path)
        let written = try [UInt8](Data(contentsOf: file))
        #expect(written.starts(with: start.unicodeScalars.map { UInt8($0.value) }))
        #expect(try written == overlay.encoded(as: DrawingFormat(path: name)))
      }
    }
  }

  @Test(arguments: ["", "png", "a", "a.", "a.jpg", "a.png/b", ".x", "a.png ", "/"])
  func otherExtensionsAreErrorsThatNameTheKnownOnes(path: String) {
    let error = #expect(throws: DrawingError.self) { try overlay.write(to: path) }
    #expect(error?.code == .unknownFormat)
    #expect(error?.description.contains(".png, .svg, .pdf") == true)
  }

  @Test func pathsThatCannotBeWrittenAreErrorsThatSayWhy() throws {
    try withFolder { folder in
      let file = folder.appendingPathComponent("file.png")
      try grey(width: 3, height: 2).writePNG(to: file.path)
      let asFolder = folder.appendingPathComponent("folder.png")
      try FileManager.default.createDirectory(at: asFolder, withIntermediateDirectories: false)
      let cases = [
        (folder.appendingPathComponent("none/a.png").path, "does not exist"),
        (file.appendingPathComponent("a.png").path, "is a file"),
        (asFolder.path, "is a folder"),
      ]
      for (path, reason) in cases {
        let error = #expect(throws: DrawingError.self) { try overlay.write(to: path) }
        #expect(error?.code == .unwritable)
        #expect(error?.description.hasPrefix(path) == true)
        #expect(error?.description.contains(reason) == true, "\(String(describing: error))")
      }
      #expect(try pngSize([UInt8](Data(contentsOf: file))).map { $0.width } == 3)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).count == 2)
    }
  }

  @Test func plainPicturesAreWrittenAsPNG() throws {
    try withFolder { folder in
      let file = folder.appendingPathComponent("mask")
      let picture = grey(200, width: 33, height: 9)
      try picture.writePNG(to: file.path)
      let bytes = try [UInt8](Data(contentsOf: file))
      #expect(try bytes == picture.pngBytes())
      #expect(pngSize(bytes).map { [$0.width, $0.height] } == [33, 9])
    }
  }
}
