import StanceImaging
import Testing

@testable import StanceMedia

@Suite struct DamageTests {
  @Test(arguments: Fixture.all) func aTruncatedPictureIsAnErrorOrWhole(_ fixture: Fixture) throws {
    let bytes = try fixture.bytes()
    let whole = try ImageDecoder.decode(bytes, name: fixture.file).pixels
    var points = Set(stride(from: 0, to: bytes.count, by: 7))
    points.formUnion(0..<min(bytes.count, 40))
    points.formUnion(max(bytes.count - 40, 0)..<bytes.count)
    var refused = 0
    for count in points {
      do {
        let image = try ImageDecoder.decode(Array(bytes[..<count]), name: fixture.file)
        let isWhole = image.pixels == whole
        #expect(isWhole, "\(fixture.file) cut to \(count) of \(bytes.count) bytes")
      } catch let error as MediaError {
        #expect(error.name == fixture.file)
        refused += 1
      }
    }
    // Only what follows the first frame's pixels may be missing.
    #expect(refused >= points.count / 2)
  }

  @Test func aWholeFileWithMissingPixelsIsAnError() throws {
    let error = try #require(throws: MediaError.self) {
      try ImageDecoder.decode(Fixture.bytes("short.png"), name: "short.png")
    }
    #expect(error.code == .damaged)
  }

  @Test(arguments: Fixture.all) func mutatedPicturesNeverTrap(_ fixture: Fixture) throws {
    let bytes = try fixture.bytes()
    var generator = SeededGenerator(state: UInt64(bytes.count))
    var (decoded, refused) = (0, 0)
    for _ in 0..<150 {
      var mutant = bytes
      for _ in 0..<Int.random(in: 1...4, using: &generator) {
        // Headers matter most.
        let end = Bool.random(using: &generator) ? min(64, mutant.count) : mutant.count
        mutant[Int.random(in: 0..<end, using: &generator)] = .random(
          in: 0...255, using: &generator)
      }
      do {
        let image = try ImageDecoder.decode(mutant, name: fixture.file)
        #expect(image.pixels.pixels.count == image.pixels.width * image.pixels.height * 3)
        decoded += 1
      } catch is MediaError {
        refused += 1
      }
    }
    #expect(decoded + refused == 150)
    #expect(refused > 0)
  }
}
