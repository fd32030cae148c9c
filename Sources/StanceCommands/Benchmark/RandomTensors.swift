import StanceRuntime
import StanceTensors

/// Tensors of random numbers that are the same in every program.
struct RandomTensors {
  private var generator = XorShift()

  /// 8-bit integers of any value and floats from -1 to 1, as pictures give them; other types, which
  /// may be positions or sizes, 0 or 1.
  ///
  /// - Throws: ``CommandError`` where elements of the type cannot be made.
  mutating func next(for details: TensorDetails) throws -> Tensor {
    let shape = details.shape
    switch details.elementType {
    case .uint8: return try tensor(shape) { UInt8.random(in: .min ... .max, using: &$0) }
    case .int8: return try tensor(shape) { Int8.random(in: .min ... .max, using: &$0) }
    case .float32: return try tensor(shape) { Float.random(in: -1...1, using: &$0) }
    case .float64: return try tensor(shape) { Double.random(in: -1...1, using: &$0) }
    // The bits of half-precision numbers from 0 to 1.
    case .float16:
      return try tensor(shape) { Float16Bits(bits: .random(in: 0...0x3C00, using: &$0)) }
    case .bool: return try tensor(shape) { Bool.random(using: &$0) }
    case .int16: return try tensor(shape) { Int16.random(in: 0...1, using: &$0) }
    case .int32: return try tensor(shape) { Int32.random(in: 0...1, using: &$0) }
    case .int64: return try tensor(shape) { Int64.random(in: 0...1, using: &$0) }
    case .uint16: return try tensor(shape) { UInt16.random(in: 0...1, using: &$0) }
    case .uint32: return try tensor(shape) { UInt32.random(in: 0...1, using: &$0) }
    case .uint64: return try tensor(shape) { UInt64.random(in: 0...1, using: &$0) }
    case .bfloat16, .int4, .complex64, .complex128, .string, .resource, .variant:
      throw CommandError.usage(
        "input \"\(details.name)\" takes \(details.elementType.rawValue), of which there are no "
          + "random numbers")
    }
  }

  private mutating func tensor<Element: TensorElement>(
    _ shape: Shape, _ element: (inout XorShift) -> Element
  ) throws -> Tensor {
    try Tensor((0..<shape.elementCount).map { _ in element(&generator) }, shape: shape)
  }
}

/// Marsaglia's xorshift64 with Vigna's multiplier (2014).
private struct XorShift: RandomNumberGenerator {
  private var state: UInt64 = 0x9E37_79B9_7F4A_7C15

  mutating func next() -> UInt64 {
    state ^= state >> 12
    state ^= state << 25
    state ^= state >> 27
    return state &* 0x2545_F491_4F6C_DD1D
  }
}
