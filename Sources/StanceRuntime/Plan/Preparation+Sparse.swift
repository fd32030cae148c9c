import StanceGraph
import StanceKernels
import StanceTensors

extension PreparationNode {
  /// Where more of the weights are there, dense multiplication is faster: AVX-512 does 95 dense
  /// multiply-adds a nanosecond and 60 sparse ones, and gathers and stores the pixels besides.
  private static let highestDensity = 0.4

  /// - Returns: nil for other nodes than pointwise convolutions of floats, and where the weights are
  ///   not stored sparse or not few.
  func sparsePointwise(
    _ epilogue: FloatEpilogue, _ sparse: SparseValues, _ step: Step
  ) -> SparseLayers.Pointwise? {
    guard case .convolution(let convolution) = operation, step.inputs.count > 1,
      // Dense pairs of bfloat16 take three quarters of the time of a quarter of the floats.
      precision == .float32,
      sparse.contains(step.inputs[1]), let layer = try? WindowLayer(self, convolution),
      layer.weights.shape.rank == 4, layer.weights.shape[1] == 1, layer.weights.shape[2] == 1,
      layer.weights.shape[3] == layer.input[3], layer.geometry.isPointwise,
      layer.input[1] == output.shape[1], layer.input[2] == output.shape[2],
      layer.weights.density <= Self.highestDensity
    else { return nil }
    return SparseLayers.Pointwise(
      weights: layer.weights, bias: layer.bias, epilogue: epilogue)
  }

  /// - Returns: nil for other nodes than depthwise convolutions of floats that give every channel
  ///   one.
  func sparseDepthwise(_ activation: FloatActivation) -> SparseLayers.Depthwise? {
    guard case .depthwiseConvolution(let convolution) = operation,
      let layer = try? WindowLayer(self, convolution.window), layer.weights.shape.rank == 4,
      layer.weights.shape[3] == layer.input[3]
    else { return nil }
    return SparseLayers.Depthwise(
      weights: layer.weights, bias: layer.bias, geometry: layer.geometry, activation: activation)
  }
}

extension SparseLayers.Pointwise {
  /// Whether this convolution alone is faster than a dense one, though pixels go into the lanes and
  /// back for it: that takes 0.13 ns a channel on either side, by the times above. At a density of
  /// a quarter it pays from 40 channels to 40 on; with a depthwise convolution, which is faster in
  /// this order too, it always does.
  var paysAlone: Bool {
    let (columns, depth) = (Double(weights.shape[0]), Double(weights.shape[3]))
    let gain = depth * columns * (1.0 / 95 - weights.density / 60)
    return gain > 0.13 * (depth + columns)
  }
}

extension WindowGeometry {
  /// Whether a window of one pixel is each output pixel's own.
  fileprivate var isPointwise: Bool {
    strideHeight == 1 && strideWidth == 1 && paddingTop == 0 && paddingLeft == 0
  }
}

extension TensorView {
  /// The share of the elements that are not zero.
  fileprivate var density: Double {
    let elements = elements(of: Float.self)
    guard !elements.isEmpty else { return 1 }
    return Double(elements.reduce(0) { $1 == 0 ? $0 : $0 + 1 }) / Double(elements.count)
  }
}
