import StanceTensors

extension Reference {
  /// PRELU: `result = x` where x is not negative, else `x * alpha`; alpha broadcasts to x.
  ///
  /// `float32`, and `int8` and `uint8` in TensorFlow Lite's fixed point.
  /// - Throws: ``KernelError`` for other types, a missing or senseless quantisation, shapes that do
  ///   not fit together.
  public static func parametricReLU(
    _ x: TensorView, alpha: TensorView, into result: MutableTensorView
  ) throws {
    switch x.elementType {
    case .float32:
      try broadcast(x, alpha, into: result) { (x: Float, alpha: Float) in x < 0 ? x * alpha : x }
    case .int8: try parametricReLU(x, alpha, Int8.self, into: result)
    case .uint8: try parametricReLU(x, alpha, UInt8.self, into: result)
    default: throw KernelError("there is no kernel for \(x.elementType.rawValue)")
    }
  }

  private static func parametricReLU<Element: FixedWidthInteger & TensorElement>(
    _ x: TensorView, _ alpha: TensorView, _ type: Element.Type, into result: MutableTensorView
  ) throws {
    let scales = try BinaryScales(x, alpha, result, of: type)
    let identity = try FixedPointMultiplier.ofScales(
      Double(scales.a.scale / scales.result.scale))
    let slope = try FixedPointMultiplier.ofScales(
      Double(scales.a.scale * scales.b.scale / scales.result.scale))
    let (xZero, alphaZero) = (scales.a.zeroPoint, scales.b.zeroPoint)
    let zeroPoint = scales.result.zeroPoint
    try broadcast(x, alpha, into: result) { (x: Element, alpha: Element) in
      let value = Int32(truncatingIfNeeded: x) &- xZero
      let scaled =
        value >= 0
        ? identity.multiply(value)
        : slope.multiply(value &* (Int32(truncatingIfNeeded: alpha) &- alphaZero))
      return Element(clamping: scaled &+ zeroPoint)
    }
  }
}
