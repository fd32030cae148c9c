import Foundation
import StanceImaging
import StanceTestSupport
import Testing

@testable import StanceMedia

@Suite struct FormatTests {
  @Test func thereAreFixturesOfEveryFormat() {
    let kinds = Set(Fixture.all.map { ($0.file as NSString).pathExtension })
    #expect(kinds == ["jpg", "png", "bmp", "gif", "webp", "tif"])
    #expect(Fixture.all.count >= 50)
  }

  @Test(arguments: Fixture.all) func decodesAsPillowDoes(_ fixture: Fixture) throws {
    let image = try ImageDecoder.decode(fixture.bytes(), name: fixture.file)
    #expect(image.width == fixture.width)
    #expect(image.height == fixture.height)
    #expect(image.pixels.width == fixture.width)
    #expect(image.reduction == 1)
    let difference = largestDifference(image.pixels.pixels, try fixture.expected())
    #expect(difference <= fixture.tolerance)
  }

  @Test(arguments: ["animated.webp", "jpeg.tif", "float.tif", "lab.tif"])
  func whatCannotBeReadSaysSo(_ file: String) throws {
    let error = try #require(throws: MediaError.self) {
      try ImageDecoder.decode(Fixture.bytes(file), name: file)
    }
    #expect(error.code == .unsupported)
    #expect(error.description.hasPrefix(file))
  }

  @Test(arguments: [(50000, "Zstandard"), (34887, "LERC"), (999, "number 999")])
  func compressionsThatCannotBeReadAreNamed(number: Int, name: String) throws {
    var bytes = try Fixture.bytes("tiff_lzw.tif")
    // The entry of tag 259: one 16-bit number, 5 for LZW.
    let entry: [UInt8] = [3, 1, 3, 0, 1, 0, 0, 0, 5, 0]
    let start = try #require(
      (0..<bytes.count - entry.count).first { Array(bytes[$0..<$0 + entry.count]) == entry })
    bytes.replaceSubrange(
      start + 8..<start + 10, with: [UInt8(number & 255), UInt8(number >> 8)])
    let error = try #require(throws: MediaError.self) {
      try ImageDecoder.decode(bytes, name: "a.tif")
    }
    #expect(error.code == .unsupported)
    #expect(error.description.contains("unsupported compression \(name) "), "\(error)")
    #expect(error.description.contains("convert it"))
  }

  @Test(arguments: [
    ([], MediaError.Code.notAPicture),
    (Array("hello, this is text".utf8), .notAPicture),
    (Array("%PDF-1.4".utf8), .unsupported),
    (Array("\0\0\0\u{18}ftypheic\0\0\0\0".utf8), .unsupported),
    ([0xFF, 0xD8, 0xFF], .damaged),
    (Array("BM".utf8) + [UInt8](repeating: 0, count: 12), .damaged),
  ])
  func whatIsNoPictureSaysSo(_ bytes: [UInt8], _ code: MediaError.Code) throws {
    let error = try #require(throws: MediaError.self) {
      try ImageDecoder.decode(bytes, name: "holiday.jpg")
    }
    #expect(error.code == code)
    #expect(error.description.contains("holiday.jpg"))
  }

  @Test func filesAreReadByContentWhateverTheirName() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("stance-media-\(UInt64.random(in: 0...UInt64.max))")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let fixture = try Fixture.named("rgb.png")
    for name in ["frame%03d.jpg", "file:x.png", "no extension", "ünï.tif"] {
      let url = folder.appendingPathComponent(name)
      try Data(fixture.bytes()).write(to: url)
      let image = try ImageDecoder.read(path: url.path)
      #expect(largestDifference(image.pixels.pixels, try fixture.expected()) == 0)
    }
    for path in [folder.path, folder.appendingPathComponent("missing.png").path] {
      let error = try #require(throws: MediaError.self) { try ImageDecoder.read(path: path) }
      #expect(error.code == .unreadable)
      #expect(error.description.hasPrefix(path))
    }
  }

  @Test func aPipeIsReadToItsEnd() async throws {
    let pipe = Pipe()
    let sent = [UInt8](repeating: 5, count: 100_000) + [6]
    let writer = Task.detached {
      for start in stride(from: 0, to: sent.count, by: 30_000) {
        try pipe.fileHandleForWriting.write(
          contentsOf: Data(sent[start..<min(start + 30_000, sent.count)]))
      }
      try pipe.fileHandleForWriting.close()
    }
    let received = try FileBytes.readAll(from: pipe.fileHandleForReading.fileDescriptor)
    try await writer.value
    let isEqual = received == sent
    #expect(isEqual)
  }

  @Test func moreThan268MegapixelsAreRefusedBeforeDecoding() throws {
    var png = try Fixture.bytes("rgb.png")
    png.replaceSubrange(16..<24, with: [0, 1, 0, 0, 0, 1, 0, 0])
    var bmp = try Fixture.bytes("rgb.bmp")
    bmp.replaceSubrange(18..<26, with: [0, 0, 1, 0, 0, 0, 1, 0])
    var gif = try Fixture.bytes("plain.gif")
    gif.replaceSubrange(6..<10, with: [0xFF, 0xFF, 0xFF, 0xFF])
    var jpeg = try Fixture.bytes("rgb.jpg")
    let frame = try #require(
      (0..<jpeg.count - 1).first { jpeg[$0] == 0xFF && jpeg[$0 + 1] == 0xC0 })
    jpeg.replaceSubrange(frame + 5..<frame + 9, with: [0xFF, 0, 0xFF, 0])
    for (name, bytes) in [("a.png", png), ("b.bmp", bmp), ("c.gif", gif), ("d.jpg", jpeg)] {
      let error = try #require(throws: MediaError.self) {
        try ImageDecoder.decode(bytes, name: name)
      }
      #expect(error.code == .tooLarge, "\(error)")
    }
  }
}
