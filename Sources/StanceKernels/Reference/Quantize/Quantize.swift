import StanceTensors

extension Reference {
  /// QUANTIZE: `result = round(x / scale) + zeroPoint`, saturated, of real or of quantised numbers.
  ///
  /// `float32` to `uint8`, `int8` and `int16`, also per axis; `uint8` and `int8` to `uint8`,
  /// `int8` and `int16`; `int16` to `int8`, `int16` and `int32`; `int32` to `int8` and `int16`.
  /// Per tensor, real numbers are rounded half to even, as in XNNPACK; NaN becomes the largest.
  /// - Throws: ``KernelError`` for other types, a missing or senseless quantisation.
  public static func quantize(_ x: TensorView, into result: MutableTensorView) throws {
    switch (x.elementType, result.elementType) {
    case (.float32, .int8): try quantizeReals(x, Int8.self, into: result)
    case (.float32, .uint8): try quantizeReals(x, UInt8.self, into: result)
    case (.float32, .int16): try quantizeAlongAxis(x, Int16.self, into: result)
    case (.int8, .int8): try requantizeBytes(x, Int8.self, into: result)
    case (.uint8, .uint8): try requantizeBytes(x, UInt8.self, into: result)
    case (.int8, .uint8): try requantize(x, Int8.self, UInt8.self, into: result)
    case (.uint8, .int8): try requantize(x, UInt8.self, Int8.self, into: result)
    case (.int8, .int16): try requantize(x, Int8.self, Int16.self, into: result)
    case (.uint8, .int16): try requantize(x, UInt8.self, Int16.self, into: result)
    case (.int16, .int8): try requantize(x, Int16.self, Int8.self, into: result)
    case (.int16, .int16): try requantize(x, Int16.self, Int16.self, into: result)
    case (.int16, .int32): try requantize(x, Int16.self, Int32.self, into: result)
    case (.int32, .int8): try requantize(x, Int32.self, Int8.self, into: result)
    case (.int32, .int16): try requantize(x, Int32.self, Int16.self, into: result)
    default:
      throw KernelError(
        "\(x.elementType.rawValue) cannot be quantised to \(result.elementType.rawValue)")
    }
  }

  private static func quantizeReals<Element: FixedWidthInteger & TensorElement>(
    _ x: TensorView, _ type: Element.Type, into result: MutableTensorView
  ) throws {
    if let quantization = result.quantization, quantization.isPerAxis {
      return try quantizeAlongAxis(x, type, into: result)
    }
    let to = try TensorScale(result.quantization, of: type)
    let reciprocal = 1 / to.scale
    let limit: Float = 32767
    try map(x, into: result) { (x: Float) in
      let steps = x * reciprocal
      let whole = steps < limit ? max(steps.rounded(.toNearestOrEven), -32768) : limit
      return Element(clamping: Int32(whole) + to.zeroPoint)
    }
  }

  private static func quantizeAlongAxis<Element: FixedWidthInteger & TensorElement>(
    _ x: TensorView, _ type: Element.Type, into result: MutableTensorView
  ) throws {
    let scales = try AxisScales(result.quantization, of: type, shape: result.shape)
    let source = try x.checkedElements(of: Float.self)
    let target = try result.checkedElements(of: type)
    guard source.count == target.count else {
      throw KernelError("\(source.count) elements do not fill a result of shape \(result.shape)")
    }
    scales.forEachRun { range, scale, zeroPoint in
      for index in range {
        let steps = (source[index] / scale).rounded(.toNearestOrAwayFromZero)
        let whole = steps < 0x1p30 ? max(steps, -0x1p30) : 0x1p30
        target[index] = Element(clamping: Int64(whole) + Int64(zeroPoint))
      }
    }
  }

  /// XNNPACK's 8 fractional bits, half up, where the scales are within what it takes.
  private static func requantizeBytes<Element: FixedWidthInteger & TensorElement>(
    _ x: TensorView, _ type: Element.Type, into result: MutableTensorView
  ) throws {
    let from = try TensorScale(x.quantization, of: type)
    let to = try TensorScale(result.quantization, of: type)
    let scale = from.scale / to.scale
    guard (0x1p-8...0x1p7).contains(scale) else {
      return try requantize(x, type, type, into: result)
    }
    let factor = Int32((256 * scale).rounded(.toNearestOrEven))
    try mapBytes(x, into: result, of: type) { (x: Element) -> Element in
      let product = (Int32(truncatingIfNeeded: x) - from.zeroPoint) &* factor
      return Element(clamping: (product &+ 128) >> 8 &+ to.zeroPoint)
    }
  }

  private static func requantize<
    Element: FixedWidthInteger & TensorElement, Result: FixedWidthInteger & TensorElement
  >(
    _ x: TensorView, _ type: Element.Type, _ resultType: Result.Type,
    into result: MutableTensorView
  ) throws {
    let from = try TensorScale(x.quantization, of: type)
    let to = try TensorScale(result.quantization, of: resultType)
    let factor = try FixedPointMultiplier.ofScales(Double(from.scale) / Double(to.scale))
    try map(x, into: result) { (x: Element) in
      Result(
        clamping: factor.multiply(Int32(truncatingIfNeeded: x) &- from.zeroPoint) &+ to.zeroPoint)
    }
  }
}
