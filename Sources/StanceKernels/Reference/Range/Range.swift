import StanceTensors

extension Reference {
  /// RANGE of whole numbers: `y[i] = start + i * delta`, wrapping.
  public static func range<Element: TensorElement & FixedWidthInteger>(
    from start: Element, by delta: Element, into y: MutableTensorView
  ) {
    var value = start
    for index in 0..<y.shape.elementCount {
      y.elements(of: Element.self)[index] = value
      value &+= delta
    }
  }

  /// RANGE of real numbers: each element is the one before it plus `delta`, so that rounding errors
  /// add up as they do in TensorFlow Lite.
  public static func range(from start: Float, by delta: Float, into y: MutableTensorView) {
    var value = start
    for index in 0..<y.shape.elementCount {
      y.elements(of: Float.self)[index] = value
      value += delta
    }
  }
}
