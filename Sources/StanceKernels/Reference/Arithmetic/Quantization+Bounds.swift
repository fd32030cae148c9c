import StanceTensors

extension Quantization {
  /// The quantised ends of a range of real numbers, as XNNPACK rounds them: half to even. A whole
  /// tensor's scale and zero point count; ends lie within what `Element` holds.
  public func evenBounds<Element: FixedWidthInteger>(
    _ bounds: ClosedRange<Float>, of type: Element.Type
  ) -> ClosedRange<Int32> {
    ends(bounds, of: type) { (($0 / scale) + Float(zeroPoint)).rounded(.toNearestOrEven) }
  }

  /// As ``evenBounds(_:of:)``, as TensorFlow Lite rounds: half away from zero, and before the zero
  /// point is added.
  public func bounds<Element: FixedWidthInteger>(
    _ bounds: ClosedRange<Float>, of type: Element.Type
  ) -> ClosedRange<Int32> {
    ends(bounds, of: type) { ($0 / scale).rounded(.toNearestOrAwayFromZero) + Float(zeroPoint) }
  }

  private func ends<Element: FixedWidthInteger>(
    _ bounds: ClosedRange<Float>, of type: Element.Type, _ quantized: (Float) -> Float
  ) -> ClosedRange<Int32> {
    let (lowest, highest) = (Float(Element.min), Float(Element.max))
    // Infinite ends stay so, whatever the scale. A minimum with NaN second gives the first number.
    func end(_ real: Float) -> Int32 {
      Int32(max(lowest, min(highest, real.isFinite ? quantized(real) : real)))
    }
    let lower = end(bounds.lowerBound)
    return lower...max(lower, end(bounds.upperBound))
  }
}
