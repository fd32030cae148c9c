import StanceTensors

extension Reference {
  /// Sum of float32 over `axes`, times `1 / n` for the mean of `n` elements; NaN for a mean of none.
  public static func sum(
    _ input: TensorView, over axes: Set<Int>, isMean: Bool, output: MutableTensorView
  ) {
    let reduction = ReducedAxes(shape: input.shape, axes: axes)
    var sums = [Double](repeating: 0, count: output.shape.elementCount)
    let x = input.elements(of: Float.self)
    reduction.visit { sums[$1] += Double(x[$0]) }
    let scale = isMean ? 1 / Double(reduction.reducedCount) : 1
    let y = output.elements(of: Float.self)
    for index in y.indices { y[index] = Float(sums[index] * scale) }
  }

  /// Sum or mean of int32 or int64, without quantisation, over `axes`. Sums wrap; a mean is cut
  /// towards zero, and 0 where there is nothing to average.
  public static func integerSum(
    _ input: TensorView, over axes: Set<Int>, isMean: Bool, output: MutableTensorView
  ) {
    switch output.elementType {
    case .int32: integerSum(input, over: axes, isMean: isMean, output: output, of: Int32.self)
    default: integerSum(input, over: axes, isMean: isMean, output: output, of: Int64.self)
    }
  }

  private static func integerSum<Element: TensorElement & FixedWidthInteger>(
    _ input: TensorView, over axes: Set<Int>, isMean: Bool, output: MutableTensorView,
    of type: Element.Type
  ) {
    let reduction = ReducedAxes(shape: input.shape, axes: axes)
    var sums = [Int64](repeating: 0, count: output.shape.elementCount)
    let x = input.elements(of: type)
    reduction.visit { sums[$1] &+= Int64(x[$0]) }
    let divisor = isMean ? Int64(max(reduction.reducedCount, 1)) : 1
    let y = output.elements(of: type)
    for index in y.indices { y[index] = Element(truncatingIfNeeded: sums[index] / divisor) }
  }

  /// Sum or mean of 8-bit quantised numbers over `axes`: `scale * Σ x + offset`, rounded half to
  /// even.
  ///
  /// As XNNPACK does it, `scale` is input scale over output scale (over the number of elements, for
  /// a mean) and the zero points are folded into the offset, all in float.
  public static func quantizedSum(
    _ input: TensorView, over axes: Set<Int>, isMean: Bool, output: MutableTensorView,
    scaleRatio: Float, inputZeroPoint: Int, outputZeroPoint: Int
  ) {
    switch output.elementType {
    case .uint8:
      quantizedSum(
        input, over: axes, isMean: isMean, output: output, scaleRatio: scaleRatio,
        inputZeroPoint: inputZeroPoint, outputZeroPoint: outputZeroPoint, of: UInt8.self)
    default:
      quantizedSum(
        input, over: axes, isMean: isMean, output: output, scaleRatio: scaleRatio,
        inputZeroPoint: inputZeroPoint, outputZeroPoint: outputZeroPoint, of: Int8.self)
    }
  }

  private static func quantizedSum<Element: TensorElement & FixedWidthInteger>(
    _ input: TensorView, over axes: Set<Int>, isMean: Bool, output: MutableTensorView,
    scaleRatio: Float, inputZeroPoint: Int, outputZeroPoint: Int, of type: Element.Type
  ) {
    let reduction = ReducedAxes(shape: input.shape, axes: axes)
    var sums = [Int32](repeating: 0, count: output.shape.elementCount)
    let x = input.elements(of: type)
    reduction.visit { sums[$1] &+= Int32(x[$0]) }
    let count = reduction.reducedCount
    let scale = isMean ? scaleRatio * (1 / Float(max(count, 1))) : scaleRatio
    let offset = Float(outputZeroPoint) - Float(count) * Float(inputZeroPoint) * scale
    let (lowest, highest) = (Float(Element.min), Float(Element.max))
    let y = output.elements(of: type)
    for index in y.indices {
      let scaled = Float(sums[index]) * scale + offset
      let clamped = scaled.isNaN ? 0 : min(max(scaled, lowest), highest)
      y[index] = Element(truncatingIfNeeded: clamped.roundedToEven)
    }
  }

  /// The largest element over `axes`, of float32, uint8, int8, int32 or int64; the type's lowest
  /// number where there is none.
  public static func maximum(
    _ input: TensorView, over axes: Set<Int>, output: MutableTensorView
  ) {
    switch output.elementType {
    case .float32:
      maximum(input, over: axes, output: output, lowest: -Float.greatestFiniteMagnitude)
    case .uint8: maximum(input, over: axes, output: output, lowest: UInt8.min)
    case .int8: maximum(input, over: axes, output: output, lowest: Int8.min)
    case .int32: maximum(input, over: axes, output: output, lowest: Int32.min)
    default: maximum(input, over: axes, output: output, lowest: Int64.min)
    }
  }

  private static func maximum<Element: TensorElement & Comparable>(
    _ input: TensorView, over axes: Set<Int>, output: MutableTensorView, lowest: Element
  ) {
    let reduction = ReducedAxes(shape: input.shape, axes: axes)
    let x = input.elements(of: Element.self)
    let y = output.elements(of: Element.self)
    y.update(repeating: lowest)
    reduction.visit { if !(y[$1] > x[$0]) { y[$1] = x[$0] } }
  }
}

/// Tells for each element of a tensor which element of the reduced tensor it belongs to.
private struct ReducedAxes {
  let dimensions: [Int]
  /// The distance in the reduced tensor; 0 along a reduced axis.
  let strides: [Int]
  let reducedCount: Int

  init(shape: Shape, axes: Set<Int>) {
    dimensions = shape.dimensions
    var strides = [Int](repeating: 0, count: shape.rank)
    var (stride, reducedCount) = (1, 1)
    for axis in shape.indices.reversed() {
      if axes.contains(axis) {
        reducedCount *= shape[axis]
      } else {
        strides[axis] = stride
        stride *= shape[axis]
      }
    }
    self.strides = strides
    self.reducedCount = reducedCount
  }

  /// Calls `body` with the positions of each element and of its result.
  @inline(__always)
  func visit(_ body: (Int, Int) -> Void) {
    guard let last = dimensions.last else {
      body(0, 0)
      return
    }
    guard !dimensions.contains(0) else { return }
    let lastStride = strides[strides.count - 1]
    var index = [Int](repeating: 0, count: dimensions.count)
    var (position, target) = (0, 0)
    while true {
      for step in 0..<last { body(position + step, target + step * lastStride) }
      position += last
      var axis = dimensions.count - 2
      while axis >= 0 {
        index[axis] += 1
        target += strides[axis]
        if index[axis] < dimensions[axis] { break }
        target -= strides[axis] * dimensions[axis]
        index[axis] = 0
        axis -= 1
      }
      if axis < 0 { return }
    }
  }
}
