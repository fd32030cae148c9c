import StanceTensors

/// The quantisation of a whole tensor, known to make sense for its element type.
struct TensorScale {
  /// Finite and greater than zero.
  let scale: Float
  /// Within the element type's range.
  let zeroPoint: Int32

  /// - Throws: ``KernelError`` where there is no quantisation, it is per axis, the scale is not a
  ///   positive number or the zero point is no value of `type`.
  init<Element: FixedWidthInteger & TensorElement>(
    _ quantization: Quantization?, of type: Element.Type
  ) throws {
    let name = Element.elementType.rawValue
    guard let quantization else {
      throw KernelError("an \(name) operand or result has no quantisation; the model must give one")
    }
    guard !quantization.isPerAxis else {
      throw KernelError("an \(name) operand or result is quantised per axis, which has no kernel")
    }
    guard quantization.scale.isFinite, quantization.scale > 0,
      let zeroPoint = Element(exactly: quantization.zeroPoint)
    else {
      throw KernelError(
        "scale \(quantization.scale) and zero point \(quantization.zeroPoint) "
          + "make no sense for \(name)")
    }
    scale = quantization.scale
    self.zeroPoint = Int32(clamping: zeroPoint)
  }

  /// As the quantisation's own: half to even.
  func evenBounds<Element: FixedWidthInteger>(
    _ bounds: ClosedRange<Float>, of type: Element.Type
  ) -> ClosedRange<Int32> {
    Quantization(scale: scale, zeroPoint: Int(zeroPoint)).evenBounds(bounds, of: type)
  }

  /// As the quantisation's own: half away from zero.
  func bounds<Element: FixedWidthInteger>(
    _ bounds: ClosedRange<Float>, of type: Element.Type
  ) -> ClosedRange<Int32> {
    Quantization(scale: scale, zeroPoint: Int(zeroPoint)).bounds(bounds, of: type)
  }

  /// The nearest quantised number, half to even; NaN becomes the zero point.
  func quantized<Element: FixedWidthInteger>(
    _ real: Float, reciprocal: Float, of type: Element.Type
  ) -> Element {
    let value = real * reciprocal + Float(zeroPoint)
    guard !value.isNaN else { return Element(truncatingIfNeeded: zeroPoint) }
    return Element(
      max(Float(Element.min), min(Float(Element.max), value.rounded(.toNearestOrEven))))
  }
}

extension ClosedRange<Int32> {
  @inline(__always)
  func clamp(_ value: Int32) -> Int32 {
    Swift.max(lowerBound, Swift.min(upperBound, value))
  }
}
