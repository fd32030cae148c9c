import StanceGraph
import StanceKernels
import StanceTensors

extension PreparationNode {
  /// Where more of the weights are there, dense multiplication is faster.
  private static let highestDensity = 0.4

  /// - Returns: nil for other nodes than pointwise convolutions of floats, and where the weights are
  ///   not stored sparse or not few.
  func sparsePointwise(
    _ epilogue: FloatEpilogue, _ sparse: SparseValues, _ step: Step
  ) -> SparseLayers.Pointwise? {
    guard case .convolution(let convolution) = operation, step.inputs.count > 1,
      sparse.contains(step.inputs[1]), let layer = try? WindowLayer(self, convolution),
      layer.weights.shape.rank == 4, layer.weights.shape[1] == 1, layer.weights.shape[2] == 1,
      layer.weights.shape[3] == layer.input[3], layer.geometry.isPointwise,
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
