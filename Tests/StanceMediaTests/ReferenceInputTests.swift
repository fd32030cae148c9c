import Foundation
import StanceImaging
import StanceTestSupport
import Testing

@testable import StanceMedia

/// Pictures prepared here against the arrays that went into the reference runs.
@Suite(.enabled(if: SharedData.isPresent, "needs the shared data"))
struct ReferenceInputTests {
  /// The bytes of a NumPy file's elements.
  private func elements(_ path: String) throws -> [UInt8] {
    let data = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    try #require(data.count > 10 && data[6] == 1)
    return Array(data.dropFirst(10 + Int(data[8]) + Int(data[9]) << 8))
  }

  @Test(arguments: [
    ("posenet-257-float-stride16/footballer", "footballer.jpg", 257, 257),
    ("posenet-257-float-stride16/squat", "squat.bmp", 257, 257),
    ("posenet-float-stride16-resized-353x481/test_couple", "test_couple.jpg", 481, 353),
    ("posenet-float-stride16-resized-353x481/three_people", "three_people.jpg", 481, 353),
  ])
  func floatInputsAreEqual(_ folder: String, _ image: String, _ width: Int, _ height: Int) throws {
    let picture = try ImageDecoder.read(path: SharedData.path("images/\(image)")).pixels
    let tensor = try picture.tensor(
      .stretched(image: picture.size, to: PixelSize(width: width, height: height)), by: .triangle,
      border: .zero, format: InputFormat(element: .float32, normalization: .signedUnit))
    let values = try tensor.elements(as: Float.self)
    let expected = try elements(SharedData.path("references/\(folder)/input.npy"))
    try #require(expected.count == values.count * 4 && values.count == width * height * 3)
    let isEqual = values.withUnsafeBytes { $0.elementsEqual(expected) }
    #expect(isEqual)
  }

  @Test(arguments: [
    ("coral-353-481-quant/test_couple", "test_couple.jpg", 481, 353),
    ("coral-353-481-quant/three_people", "three_people.jpg", 481, 353),
    ("movenet-lightning-ptq/squat", "squat.bmp", 192, 192),
    ("movenet-lightning-ptq/footballer", "footballer.jpg", 192, 192),
  ])
  func byteInputsAreEqual(_ folder: String, _ image: String, _ width: Int, _ height: Int) throws {
    let picture = try ImageDecoder.read(path: SharedData.path("images/\(image)")).pixels
    let tensor = try picture.tensor(
      .stretched(image: picture.size, to: PixelSize(width: width, height: height)), by: .nearest,
      border: .zero, format: .bytes)
    let values = try tensor.elements(as: UInt8.self)
    let expected = try elements(SharedData.path("references/\(folder)/input.npy"))
    try #require(values.count == width * height * 3)
    let isEqual = values == expected
    #expect(isEqual)
  }
}
