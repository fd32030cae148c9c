import StanceTensors

extension Reference {
  /// float32 along the last axis over its Euclidean length, or over 1e-6 where that is larger.
  public static func l2Normalization(_ input: TensorView, output: MutableTensorView) {
    let x = input.elements(of: Float.self)
    let y = output.elements(of: Float.self)
    let depth = input.shape.last ?? 1
    guard depth > 0 else { return }
    for start in stride(from: 0, to: x.count, by: depth) {
      let row = start..<start + depth
      let length = row.reduce(Float(0)) { $0 + x[$1] * x[$1] }.squareRoot()
      for index in row { y[index] = x[index] / max(length, 1e-6) }
    }
  }

  /// 8-bit quantised numbers along the last axis over their length, in fixed point.
  ///
  /// Results have a scale of 1/128 and a zero point of 0 (int8) or 128 (uint8), whatever the output
  /// declares, as in TensorFlow Lite.
  public static func l2Normalization(
    _ input: TensorView, output: MutableTensorView, inputZeroPoint: Int32
  ) {
    switch output.elementType {
    case .uint8:
      l2Normalization(input, output: output, inputZeroPoint: inputZeroPoint, of: UInt8.self)
    default: l2Normalization(input, output: output, inputZeroPoint: inputZeroPoint, of: Int8.self)
    }
  }

  private static func l2Normalization<Element: TensorElement & FixedWidthInteger>(
    _ input: TensorView, output: MutableTensorView, inputZeroPoint: Int32, of type: Element.Type
  ) {
    let x = input.elements(of: type)
    let y = output.elements(of: type)
    let depth = input.shape.last ?? 1
    guard depth > 0 else { return }
    for start in stride(from: 0, to: x.count, by: depth) {
      let row = start..<start + depth
      let square = row.reduce(Int32(0)) {
        let difference = Int32(x[$1]) &- inputZeroPoint
        return $0 &+ difference &* difference
      }
      let root = FixedPoint.reciprocalSquareRoot(of: square)
      let multiplier =
        Element.isSigned
        ? FixedPointMultiplier(mantissa: root.mantissa, shift: root.shift + 7) : root
      for index in row {
        let difference = Int32(x[index]) &- inputZeroPoint
        let scaled =
          Element.isSigned
          ? multiplier.multiply(difference) : multiplier.multiply(128 &* difference) &+ 128
        y[index] = Element(clamping: scaled)
      }
    }
  }
}
