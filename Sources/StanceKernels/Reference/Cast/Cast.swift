import StanceTensors

extension Reference {
  /// CAST between all number types and `bool`.
  ///
  /// As in C: real numbers lose their fraction, integers their upper bits; anything but 0 is true.
  /// Real numbers beyond an integer type's range become its nearest value, NaN its largest.
  /// - Throws: ``KernelError`` for types that are no numbers.
  public static func cast(_ x: TensorView, into result: MutableTensorView) throws {
    switch x.elementType {
    case .float64: try castReals(x, into: result) { (x: Double) in x }
    case .float32: try castReals(x, into: result) { (x: Float) in Double(x) }
    case .float16: try castReals(x, into: result) { (x: Float16Bits) in Double(x.float) }
    case .int64: try castIntegers(x, Int64.self, into: result)
    case .int32: try castIntegers(x, Int32.self, into: result)
    case .int16: try castIntegers(x, Int16.self, into: result)
    case .int8: try castIntegers(x, Int8.self, into: result)
    case .uint64: try castIntegers(x, UInt64.self, into: result)
    case .uint32: try castIntegers(x, UInt32.self, into: result)
    case .uint16: try castIntegers(x, UInt16.self, into: result)
    case .uint8: try castIntegers(x, UInt8.self, into: result)
    case .bool:
      let truths = try x.checkedBooleans().map { UInt8($0 == 0 ? 0 : 1) }
      try truths.withUnsafeBytes { bytes in
        let view = TensorView(
          shape: x.shape, elementType: .uint8, quantization: nil, bytes: bytes)
        try castIntegers(view, UInt8.self, into: result)
      }
    default: throw noCast(x, result)
    }
  }

  private static func castReals<Element: TensorElement>(
    _ x: TensorView, into result: MutableTensorView, _ real: (Element) -> Double
  ) throws {
    switch result.elementType {
    case .float64: try map(x, into: result) { (x: Element) in real(x) }
    case .float32: try map(x, into: result) { (x: Element) in Float(real(x)) }
    case .float16: try map(x, into: result) { (x: Element) in Float16Bits(Float(real(x))) }
    case .int64: try map(x, into: result) { (x: Element) in Int64(saturating: real(x)) }
    case .int32: try map(x, into: result) { (x: Element) in Int32(saturating: real(x)) }
    case .int16: try map(x, into: result) { (x: Element) in Int16(saturating: real(x)) }
    case .int8: try map(x, into: result) { (x: Element) in Int8(saturating: real(x)) }
    case .uint64: try map(x, into: result) { (x: Element) in UInt64(saturating: real(x)) }
    case .uint32: try map(x, into: result) { (x: Element) in UInt32(saturating: real(x)) }
    case .uint16: try map(x, into: result) { (x: Element) in UInt16(saturating: real(x)) }
    case .uint8: try map(x, into: result) { (x: Element) in UInt8(saturating: real(x)) }
    case .bool: try map(x, into: result) { (x: Element) in real(x) != 0 }
    default: throw noCast(x, result)
    }
  }

  private static func castIntegers<Element: FixedWidthInteger & TensorElement>(
    _ x: TensorView, _ type: Element.Type, into result: MutableTensorView
  ) throws {
    switch result.elementType {
    case .float64: try map(x, into: result) { (x: Element) in Double(x) }
    case .float32: try map(x, into: result) { (x: Element) in Float(x) }
    case .float16: try map(x, into: result) { (x: Element) in Float16Bits(Float(x)) }
    case .int64: try map(x, into: result) { (x: Element) in Int64(truncatingIfNeeded: x) }
    case .int32: try map(x, into: result) { (x: Element) in Int32(truncatingIfNeeded: x) }
    case .int16: try map(x, into: result) { (x: Element) in Int16(truncatingIfNeeded: x) }
    case .int8: try map(x, into: result) { (x: Element) in Int8(truncatingIfNeeded: x) }
    case .uint64: try map(x, into: result) { (x: Element) in UInt64(truncatingIfNeeded: x) }
    case .uint32: try map(x, into: result) { (x: Element) in UInt32(truncatingIfNeeded: x) }
    case .uint16: try map(x, into: result) { (x: Element) in UInt16(truncatingIfNeeded: x) }
    case .uint8: try map(x, into: result) { (x: Element) in UInt8(truncatingIfNeeded: x) }
    case .bool: try map(x, into: result) { (x: Element) in x != 0 }
    default: throw noCast(x, result)
    }
  }

  private static func noCast(_ x: TensorView, _ result: MutableTensorView) -> KernelError {
    KernelError(
      "there is no cast from \(x.elementType.rawValue) to \(result.elementType.rawValue)")
  }
}

extension FixedWidthInteger {
  /// `real` without its fraction; the nearest value where it is out of range, the largest for NaN.
  fileprivate init(saturating real: Double) {
    let limit = Double(
      sign: .plus, exponent: Self.bitWidth - (Self.isSigned ? 1 : 0), significand: 1)
    if real >= limit || real.isNaN {
      self = .max
    } else if real <= Double(Self.min) {
      self = .min
    } else {
      self = Self(real)
    }
  }
}

extension Float16Bits {
  /// The nearest half-precision number, half to even; infinite beyond 65504.
  init(_ value: Float) {
    let bits = value.bitPattern
    let sign = UInt16(truncatingIfNeeded: bits >> 16) & 0x8000
    let magnitude = bits & 0x7FFF_FFFF
    if magnitude > 0x7F80_0000 {
      self.init(bits: sign | 0x7E00)
    } else if magnitude >= 0x4780_0000 {
      self.init(bits: sign | 0x7C00)
    } else if magnitude < 0x3880_0000 {
      // Subnormal: as many steps of 2^-24.
      let steps = (Float(bitPattern: magnitude) * 0x1p24).rounded(.toNearestOrEven)
      self.init(bits: sign | UInt16(steps))
    } else {
      // A carry out of the fraction goes on into the exponent, up to infinity.
      let rounded = magnitude + 0xFFF + (magnitude >> 13 & 1)
      self.init(bits: sign | UInt16(truncatingIfNeeded: (rounded - 0x3800_0000) >> 13))
    }
  }
}
