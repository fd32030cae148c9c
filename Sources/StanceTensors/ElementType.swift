/// What one element of a tensor is. The raw value is the name NumPy and TensorFlow Lite use.
public enum ElementType: String, Hashable, Sendable, CaseIterable {
  case float32, float16, bfloat16, float64
  case int4, int8, int16, int32, int64
  case uint8, uint16, uint32, uint64
  case bool
  case complex64, complex128
  /// Text, a TensorFlow resource or a variant: readable in a file, not computable here.
  case string, resource, variant

  /// The size of one element in bytes; nil where elements have no size of their own.
  public var byteCount: Int? {
    switch self {
    case .int8, .uint8, .bool: 1
    case .float16, .bfloat16, .int16, .uint16: 2
    case .float32, .int32, .uint32: 4
    case .float64, .int64, .uint64, .complex64: 8
    case .complex128: 16
    case .int4, .string, .resource, .variant: nil
    }
  }

  /// Whether elements are whole numbers, quantised or not; `bool` is none.
  public var isInteger: Bool {
    switch self {
    case .int4, .int8, .int16, .int32, .int64, .uint8, .uint16, .uint32, .uint64: true
    default: false
    }
  }
}

/// A Swift type whose memory layout is that of an ``ElementType``.
public protocol TensorElement: BitwiseCopyable, Sendable {
  /// The type of element that this one holds.
  static var elementType: ElementType { get }
}

/// A half-precision number by its bits, as not every platform's Swift has `Float16`.
public struct Float16Bits: TensorElement, Hashable {
  public static var elementType: ElementType { .float16 }
  /// Sign, 5 bits of exponent, 10 bits of fraction.
  public var bits: UInt16

  public init(bits: UInt16) {
    self.bits = bits
  }

  /// The exact value; subnormals, infinities and NaN included.
  @inlinable
  public var float: Float {
    // Without branches, so that loops convert several numbers at a time.
    let magnitude = UInt32(bits & 0x7FFF) &<< 13
    let exponent = magnitude & 0x0F80_0000
    let least = Float(0x1p-14)
    let subnormal = Float(bitPattern: magnitude &+ least.bitPattern) - least
    let normal = magnitude &+ 112 &<< 23
    let value =
      exponent == 0
      ? subnormal.bitPattern : exponent == 0x0F80_0000 ? magnitude | 0x7F80_0000 : normal
    return Float(bitPattern: value | UInt32(bits & 0x8000) &<< 16)
  }
}

extension Float: TensorElement { public static var elementType: ElementType { .float32 } }
extension Double: TensorElement { public static var elementType: ElementType { .float64 } }
extension Int8: TensorElement { public static var elementType: ElementType { .int8 } }
extension Int16: TensorElement { public static var elementType: ElementType { .int16 } }
extension Int32: TensorElement { public static var elementType: ElementType { .int32 } }
extension Int64: TensorElement { public static var elementType: ElementType { .int64 } }
extension UInt8: TensorElement { public static var elementType: ElementType { .uint8 } }
extension UInt16: TensorElement { public static var elementType: ElementType { .uint16 } }
extension UInt32: TensorElement { public static var elementType: ElementType { .uint32 } }
extension UInt64: TensorElement { public static var elementType: ElementType { .uint64 } }
extension Bool: TensorElement { public static var elementType: ElementType { .bool } }
