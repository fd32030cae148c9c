import StanceImaging
import StanceTestSupport
import Testing

@testable import StanceMedia

@Suite struct JPEGTests {
  @Test(arguments: [
    (4000, 3000, 256, 8.0), (4000, 3000, 375, 8), (4000, 3000, 376, 4), (4000, 3000, 751, 8.0 / 3),
    (4000, 3000, 1500, 2), (4000, 3000, 1501, 1), (100, 100, 256, 1),
  ])
  func theSmallestSufficientScaleIsChosen(
    _ width: Int, _ height: Int, _ side: Int, _ reduction: Double
  ) {
    let scale = JPEGDecoder.scale(width: width, height: height, atLeast: side)
    #expect(scale.reduction == reduction)
  }

  @Test(arguments: [1, 3, 6, 9, 12, 13, 100]) func aSmallerPictureKeepsItsWholeSize(_ side: Int)
    throws
  {
    let fixture = try Fixture.named("oriented.jpg")
    let image = try ImageDecoder.decode(fixture.bytes(), name: fixture.file, atLeast: side)
    #expect(image.width == fixture.width)
    #expect(image.height == fixture.height)
    #expect(min(image.pixels.width, image.pixels.height) >= min(side, fixture.width))
    #expect(
      image.pixels.width == Int((Double(fixture.width) / image.reduction).rounded(.up)))
    #expect((image.reduction > 1) == (side <= 12))
  }

  @Test(
    .enabled(if: SharedData.isPresent, "needs the shared data"),
    arguments: ["footballer.jpg", "pose.jpg", "test_couple.jpg", "three_people.jpg"])
  func photosDecode(_ file: String) throws {
    let path = SharedData.path("images/\(file)")
    let whole = try ImageDecoder.read(path: path)
    let small = try ImageDecoder.read(path: path, atLeast: 100)
    #expect(whole.width == small.width && whole.height == small.height)
    // The mean colour is that of the whole.
    func mean(_ picture: PixelBuffer) -> Double {
      picture.pixels.reduce(0) { $0 + Double($1) } / Double(picture.pixels.count)
    }
    #expect(abs(mean(whole.pixels) - mean(small.pixels)) < 1.5)
  }
}
