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
    case (.float32, .int16): try quantizeReals(x, Int16.self, into: result)
    case (.int8, .int8): try requantizeBytes(x, Int8.self, into: result)
    case (.uint8, .uint8): try requantizeBytes(x, UInt8.self, into: result)
    case (.int8, .uint8): try requantizeInBlocks(x, Int8.self, UInt8.self, into: result)
    case (.uint8, .int8): try requantizeInBlocks(x, UInt8.self, Int8.self, into: result)
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
    let (source, target) = try matchedElements(of: x, in: result, Float.self, type)
    func quantized(_ steps: Float) -> Element {
      let whole = steps < 0x1p24 ? max(steps, -0x1p24) : 0x1p24
      return Element(clamping: Int32(whole) + to.zeroPoint)
    }
    let reciprocal = 1 / to.scale
    // LiteRT quantises to int16 in blocks of 8, and what is left over in another way.
    let blocks = Element.bitWidth == 16 ? source.count / 8 * 8 : source.count
    for index in 0..<blocks {
      target[index] = quantized((source[index] * reciprocal).rounded(.toNearestOrEven))
    }
    for index in blocks..<source.count {
      target[index] = quantized((source[index] / to.scale).rounded(.toNearestOrAwayFromZero))
    }
  }

  private static func quantizeAlongAxis<Element: FixedWidthInteger & TensorElement>(
    _ x: TensorView, _ type: Element.Type, into result: MutableTensorView
  ) throws {
    let scales = try AxisScales(result.quantization, of: type, shape: result.shape)
    let (source, target) = try matchedElements(of: x, in: result, Float.self, type)
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
      return try requantizeInBlocks(x, type, type, into: result)
    }
    let factor = Int32((256 * scale).rounded(.toNearestOrEven))
    try mapBytes(x, into: result, of: type) { (x: Element) -> Element in
      let product = (Int32(truncatingIfNeeded: x) - from.zeroPoint) &* factor
      return Element(clamping: (product &+ 128) >> 8 &+ to.zeroPoint)
    }
  }

  /// LiteRT's vector kernel rounds half up in blocks of 16, and half away from zero what is left.
  private static func requantizeInBlocks<
    Element: FixedWidthInteger & TensorElement, Result: FixedWidthInteger & TensorElement
  >(
    _ x: TensorView, _ type: Element.Type, _ resultType: Result.Type,
    into result: MutableTensorView
  ) throws {
    let from = try TensorScale(x.quantization, of: type)
    let to = try TensorScale(result.quantization, of: resultType)
    let factor = try FixedPointMultiplier.ofScales(Double(from.scale) / Double(to.scale))
    let count = x.shape.elementCount
    let blocks = count / 16 * 16
    func convert(_ range: Range<Int>, _ multiply: (Int32) -> Int32) throws {
      try mapBytes(x, into: result, of: type, in: range) { (x: Element) in
        Result(clamping: multiply(Int32(truncatingIfNeeded: x) - from.zeroPoint) &+ to.zeroPoint)
      }
    }
    try convert(0..<blocks, factor.multiplyRoundingUp)
    try convert(blocks..<count, factor.multiply)
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
