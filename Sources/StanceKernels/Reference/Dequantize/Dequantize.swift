import StanceTensors

extension Reference {
  /// DEQUANTIZE to `float32`: `result = (x - zeroPoint) * scale` of `int8`, `uint8` and `int16`,
  /// also per axis; `float16` is widened.
  /// - Throws: ``KernelError`` for other types, a missing or senseless quantisation.
  public static func dequantize(_ x: TensorView, into result: MutableTensorView) throws {
    switch x.elementType {
    case .float16: try map(x, into: result) { (x: Float16Bits) in x.float }
    case .int8: try dequantize(x, Int8.self, into: result)
    case .uint8: try dequantize(x, UInt8.self, into: result)
    case .int16: try dequantize(x, Int16.self, into: result)
    default: throw KernelError("\(x.elementType.rawValue) cannot be dequantised")
    }
  }

  private static func dequantize<Element: FixedWidthInteger & TensorElement>(
    _ x: TensorView, _ type: Element.Type, into result: MutableTensorView
  ) throws {
    let scales = try AxisScales(x.quantization, of: type, shape: x.shape)
    let (source, target) = try matchedElements(of: x, in: result, type, Float.self)
    scales.forEachRun { range, scale, zeroPoint in
      for index in range {
        target[index] = Float(Int32(truncatingIfNeeded: source[index]) &- zeroPoint) * scale
      }
    }
  }
}
