import StanceTensors

extension Reference {
  /// Fully connected layer of float32: x of any shape read as `[N, C]`, weights `[O, C]`, bias `[O]`,
  /// output of `N * O` elements.
  public static func fullyConnected(
    _ input: TensorView, weights: TensorView, bias: TensorView?, output: MutableTensorView,
    bounds: ClosedRange<Float>
  ) {
    MatrixProduct(weights: weights.shape)
      .run(input, weights: weights, bias: bias, output: output, bounds: bounds)
  }

  /// Fully connected layer of 8-bit integers, with int32 bias.
  public static func fullyConnected(
    _ input: TensorView, weights: TensorView, bias: TensorView?, output: MutableTensorView,
    requantization: Requantization
  ) {
    MatrixProduct(weights: weights.shape)
      .run(input, weights: weights, bias: bias, output: output, requantization: requantization)
  }
}

/// Multiplies each row of the input with each row of the weights.
private struct MatrixProduct: ProductLayer {
  let weights: Shape

  var channelCount: Int { weights[0] }

  func run<Element: Factor, Stage: OutputStage>(
    _ x: UnsafePointer<Element>, _ w: UnsafePointer<Element>, stage: Stage,
    output y: UnsafeMutableBufferPointer<Stage.Output>
  ) where Stage.Sum == Element.Sum {
    let (channelCount, depth) = (weights[0], weights[1])
    for row in 0..<y.count / channelCount {
      for channel in 0..<channelCount {
        let sum = Element.dotProduct(x + row * depth, w + channel * depth, count: depth)
        y[row * channelCount + channel] = stage.output(sum, channel: channel)
      }
    }
  }
}
