import StanceTensors

extension Reference {
  /// Fully connected layer of float32: x of any shape read as `[N, C]`, weights `[O, C]`, bias `[O]`,
  /// output of `N * O` elements.
  public static func fullyConnected(
    _ input: TensorView, weights: TensorView, bias: TensorView?, output: MutableTensorView,
    bounds: ClosedRange<Float>
  ) {
    multiply(
      input.elements(of: Float.self), weights.elements(of: Float.self), shape: weights.shape,
      stage: FloatStage(bias: bias?.elements(), bounds: bounds), output: output.elements())
  }

  /// Fully connected layer of 8-bit integers, with int32 bias.
  public static func fullyConnected(
    _ input: TensorView, weights: TensorView, bias: TensorView?, output: MutableTensorView,
    requantization: Requantization
  ) {
    switch output.elementType {
    case .uint8:
      fullyConnected(
        input, weights: weights, bias: bias, output: output, requantization: requantization,
        of: UInt8.self)
    default:
      fullyConnected(
        input, weights: weights, bias: bias, output: output, requantization: requantization,
        of: Int8.self)
    }
  }

  private static func fullyConnected<Element: TensorElement & FixedWidthInteger>(
    _ input: TensorView, weights: TensorView, bias: TensorView?, output: MutableTensorView,
    requantization: Requantization, of type: Element.Type
  ) {
    let factors = Scratch(
      input.elements(of: type), zeroPoint: requantization.inputZeroPoint)
    let weightFactors = Scratch(
      weights.elements(of: type), zeroPoint: requantization.weightZeroPoint)
    let stage = RequantizingStage<Element>(
      bias: bias?.elements(), requantization: requantization, channelCount: weights.shape[0])
    multiply(
      UnsafeBufferPointer(factors.elements), UnsafeBufferPointer(weightFactors.elements),
      shape: weights.shape, stage: stage, output: output.elements())
  }

  private static func multiply<Element: Factor, Stage: OutputStage>(
    _ x: UnsafeBufferPointer<Element>, _ w: UnsafeBufferPointer<Element>, shape: Shape,
    stage: Stage, output y: UnsafeMutableBufferPointer<Stage.Output>
  ) where Stage.Sum == Element.Sum {
    guard !y.isEmpty, let w = w.baseAddress, let x = x.baseAddress else { return }
    let (channelCount, depth) = (shape[0], shape[1])
    for row in 0..<y.count / channelCount {
      for channel in 0..<channelCount {
        let sum = Element.dotProduct(x + row * depth, w + channel * depth, count: depth)
        y[row * channelCount + channel] = stage.output(sum, channel: channel)
      }
    }
  }
}
