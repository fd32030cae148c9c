import StanceTensors

/// The quantisation of a tensor, one for the whole or one for each index along an axis.
struct AxisScales {
  private let scales: [TensorScale]
  /// The elements that share a scale in a row.
  private let runLength: Int
  private let elementCount: Int

  /// - Throws: ``KernelError`` where there is no quantisation, or it makes no sense for the element
  ///   type and the shape.
  init<Element: FixedWidthInteger & TensorElement>(
    _ quantization: Quantization?, of type: Element.Type, shape: Shape
  ) throws {
    elementCount = shape.elementCount
    guard let quantization, quantization.isPerAxis else {
      scales = [try TensorScale(quantization, of: type)]
      runLength = max(shape.elementCount, 1)
      return
    }
    guard shape.indices.contains(quantization.axis),
      shape[quantization.axis] == quantization.scales.count
    else {
      throw KernelError(
        "\(quantization.scales.count) scales along axis \(quantization.axis) "
          + "do not fit the shape \(shape)")
    }
    scales = try zip(quantization.scales, quantization.zeroPoints).map {
      try TensorScale(Quantization(scale: $0, zeroPoint: $1), of: type)
    }
    runLength = max(shape[(quantization.axis + 1)...].reduce(1, &*), 1)
  }

  /// Calls `body` with neighbouring elements that share a scale, for all elements in order.
  @inline(__always)
  func forEachRun(_ body: (Range<Int>, _ scale: Float, _ zeroPoint: Int32) -> Void) {
    var start = 0
    var index = 0
    while start < elementCount {
      body(
        start..<min(start + runLength, elementCount), scales[index].scale, scales[index].zeroPoint)
      start += runLength
      index = index + 1 == scales.count ? 0 : index + 1
    }
  }
}
