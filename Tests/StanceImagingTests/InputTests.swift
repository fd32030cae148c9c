import StanceTensors
import Testing

@testable import StanceImaging

@Suite struct InputTests {
  private let picture = PixelBuffer(width: 2, height: 1, pixels: [0, 128, 255, 10, 20, 30])

  private func tensor(_ format: InputFormat) throws -> Tensor {
    try picture.tensor(
      .stretched(image: picture.size, to: picture.size), by: .nearest, border: .zero,
      format: format)
  }

  @Test func floatsAreNormalisedAsTheDivisionWould() throws {
    let ramp = PixelBuffer(
      width: 256, height: 1, pixels: (0...255).flatMap { [UInt8](repeating: UInt8($0), count: 3) })
    let result = try ramp.tensor(
      .stretched(image: ramp.size, to: ramp.size), by: .nearest, border: .zero,
      format: InputFormat(element: .float32, normalization: .signedUnit))
    #expect(result.shape == [1, 1, 256, 3])
    let values = try result.elements(as: Float.self)
    for value in 0...255 {
      #expect(values[value * 3] == (Float(value) - 127.5) / 127.5)
    }
  }

  @Test func channelsHaveTheirOwnOffsetsAndOrder() throws {
    let means = try Normalization(scales: [1, 1, 1], offsets: [-1, -2, -3])
    let rgb = try tensor(InputFormat(element: .float32, normalization: means))
    #expect(try rgb.elements(as: Float.self) == [-1, 126, 252, 9, 18, 27])
    let bgr = try tensor(
      InputFormat(element: .float32, channelOrder: .bgr, normalization: means))
    #expect(try bgr.elements(as: Float.self) == [252, 126, -1, 27, 18, 9])
    #expect(throws: ImagingError.self) { try Normalization(scales: [1], offsets: [1, 2, 3]) }
  }

  @Test func bytesAreRawOrShifted() throws {
    #expect(try tensor(.bytes).elements(as: UInt8.self) == picture.pixels)
    let signed = try tensor(InputFormat(element: .int8, normalization: .signedByte))
    #expect(try signed.elements(as: Int8.self) == [-128, 0, 127, -118, -108, -98])
    let clamped = try tensor(
      InputFormat(element: .uint8, normalization: Normalization(scale: 10, offset: -100)))
    #expect(try clamped.elements(as: UInt8.self) == [0, 255, 255, 0, 100, 200])
    let nothing = try tensor(
      InputFormat(element: .uint8, normalization: Normalization(scale: .nan, offset: 0)))
    #expect(try nothing.elements(as: UInt8.self) == [0, 0, 0, 0, 0, 0])
  }
}
