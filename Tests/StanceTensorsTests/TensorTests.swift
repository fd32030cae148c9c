import StanceTensors
import Testing

struct TensorTests {
  @Test func elements() throws {
    let tensor = try Tensor([1, 2, 3, 4] as [Int16], shape: [2, 2])
    #expect(tensor.elementType == .int16)
    #expect(try tensor.elements(as: Int16.self) == [1, 2, 3, 4])
    #expect(throws: TensorError.self) { try tensor.elements(as: UInt16.self) }
    #expect(throws: TensorError.self) { try Tensor([1, 2, 3] as [Float], shape: [2, 2]) }
  }

  @Test func elementsAtAnyAddress() throws {
    let bytes = Bytes([0, 1, 0, 0, 0, 2, 0, 0, 0])
    let tensor = try Tensor(shape: [2], elementType: .int32, bytes: bytes[1..<9])
    #expect(try tensor.elements(as: Int32.self) == [1, 2])
  }

  @Test func realNumbers() throws {
    let quantized = try Tensor(
      [0, 128, 255] as [UInt8], shape: [3],
      quantization: Quantization(scale: 0.5, zeroPoint: 128))
    #expect(try quantized.realElements() == [-64, 0, 63.5])
    let half = try Tensor(
      [0x3C00, 0xC000, 0x0001].map { Float16Bits(bits: $0) }, shape: [3])
    #expect(try half.realElements() == [1, -2, 0x1p-24])
    let extreme = try Tensor(
      [Int64.max], shape: [1], quantization: Quantization(scale: 1, zeroPoint: -1))
    #expect(try extreme.realElements().count == 1)
    let perAxis = try Tensor(
      [1, 2] as [Int8], shape: [2],
      quantization: Quantization(scales: [1, 2], zeroPoints: [0, 0], axis: 0))
    #expect(throws: TensorError.self) { try perAxis.realElements() }
  }

  @Test func everyHalfHasItsValue() {
    for bits in UInt16.min...UInt16.max where bits & 0x7C00 != 0x7C00 {
      let (exponent, fraction) = (Int(bits >> 10 & 31), Double(bits & 0x3FF) / 1024)
      // Subnormals have the least exponent and no leading 1.
      let magnitude =
        (exponent == 0 ? fraction : 1 + fraction)
        * Double(sign: .plus, exponent: max(exponent, 1) - 15, significand: 1)
      let value = Float16Bits(bits: bits).float
      #expect(value.magnitude == Float(magnitude), "\(bits)")
      #expect(value.sign == (bits & 0x8000 == 0 ? .plus : .minus), "\(bits)")
    }
  }

  @Test func halfPrecisionNumbers() {
    #expect(Float16Bits(bits: 0x7C00).float == .infinity)
    #expect(Float16Bits(bits: 0xFC00).float == -.infinity)
    #expect(Float16Bits(bits: 0x7E00).float.isNaN)
    #expect(Float16Bits(bits: 0x8000).float.sign == .minus)
    #expect(Float16Bits(bits: 0x7BFF).float == 65504)
    #expect(Float16Bits(bits: 0x0400).float == 0x1p-14)
  }
}
