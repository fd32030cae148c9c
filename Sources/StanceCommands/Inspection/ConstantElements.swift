import StanceGraph
import StanceTensors

/// Elements of a constant as real numbers, so many at most.
struct ConstantElements {
  let numbers: [Double]
  let sampling: Int
  /// Zeros that a sparse constant does not store, in proportion to the sample.
  let unstoredCount: Int

  /// - Returns: nil where the elements are no real numbers, or the bytes are too few for them.
  init?(_ value: Value, _ constant: Bytes, limit: Int) {
    let isSparse = value.sparsity != nil
    // Which channel a stored value belongs to, the sparsity alone tells.
    if isSparse, value.quantization?.isPerAxis == true { return nil }
    let bits = value.elementType == .int4 ? 4 : (value.elementType.byteCount ?? 0) * 8
    guard bits > 0, limit > 0 else { return nil }
    let total = value.shape.elementCount
    let held = constant.count * 8 / bits
    let stored = isSparse ? held : total
    guard stored > 0, stored <= held, stored <= total else { return nil }
    let step = (stored - 1) / limit + 1
    sampling = step
    unstoredCount = (total - stored) / step
    let scaling = Scaling(value)
    guard let read = Self.reader(of: value.elementType) else { return nil }
    numbers = constant.withUnsafeBytes { raw in
      stride(from: 0, to: stored, by: step).map { scaling.real(read(raw, $0), at: $0) }
    }
  }

  private typealias Reader = (UnsafeRawBufferPointer, Int) -> Double

  private static func reader(of type: ElementType) -> Reader? {
    func number<Element: BinaryInteger & BitwiseCopyable>(_: Element.Type) -> Reader {
      { raw, index in
        Double(
          raw.loadUnaligned(
            fromByteOffset: index * MemoryLayout<Element>.size, as: Element.self))
      }
    }
    switch type {
    case .float32: return { Double($0.loadUnaligned(fromByteOffset: $1 * 4, as: Float.self)) }
    case .float64:
      return { $0.loadUnaligned(fromByteOffset: $1 * 8, as: Double.self) }
    case .float16:
      return {
        let bits = $0.loadUnaligned(fromByteOffset: $1 * 2, as: UInt16.self)
        return Double(Float16Bits(bits: bits).float)
      }
    case .bfloat16:
      return {
        let bits = $0.loadUnaligned(fromByteOffset: $1 * 2, as: UInt16.self)
        return Double(Float(bitPattern: UInt32(bits) << 16))
      }
    case .int4:
      // Two a byte, the lower half first.
      return { raw, index in
        let pair = raw[index / 2]
        let half = index.isMultiple(of: 2) ? pair << 4 : pair
        return Double(Int8(bitPattern: half) >> 4)
      }
    case .int8: return number(Int8.self)
    case .int16: return number(Int16.self)
    case .int32: return number(Int32.self)
    case .int64: return number(Int64.self)
    case .uint8, .bool: return number(UInt8.self)
    case .uint16: return number(UInt16.self)
    case .uint32: return number(UInt32.self)
    case .uint64: return number(UInt64.self)
    case .complex64, .complex128, .string, .resource, .variant: return nil
    }
  }
}

/// What integers stand for, by their places.
private struct Scaling {
  private let quantization: Quantization?
  /// How many elements follow one another with the same scale.
  private let run: Int

  init(_ value: Value) {
    quantization = value.quantization
    let dimensions = value.shape.dimensions
    guard let quantization, quantization.isPerAxis, dimensions.indices.contains(quantization.axis)
    else {
      run = .max
      return
    }
    run = max(dimensions[(quantization.axis + 1)...].reduce(1, *), 1)
  }

  func real(_ number: Double, at index: Int) -> Double {
    guard let quantization else { return number }
    let channel = index / run % quantization.scales.count
    return (number - Double(quantization.zeroPoints[channel]))
      * Double(quantization.scales[channel])
  }
}
