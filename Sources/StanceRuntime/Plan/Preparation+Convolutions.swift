import StanceGraph
import StanceKernels
import StanceTensors

extension PreparationNode {
  func kernel(_ convolution: Convolution) throws -> PreparedStep? {
    guard let layer = try WindowLayer(self, convolution, channelAxis: 0) else { return nil }
    let kernel: (any PreparedKernel)?
    if let requantization = layer.requantization {
      kernel = QuantizedConvolution(
        input: layer.input.shape, weights: layer.weights, bias: layer.bias,
        output: layer.output.shape, geometry: layer.geometry, requantization: requantization,
        instructionSets: instructionSets)
    } else {
      kernel = FloatConvolution(
        input: layer.input.shape, weights: layer.weights, bias: layer.bias,
        output: layer.output.shape, geometry: layer.geometry, epilogue: layer.epilogue,
        instructionSets: instructionSets)
    }
    return kernel.map { PreparedStep(kernel: $0, operands: [0]) }
  }

  func kernel(_ convolution: DepthwiseConvolution) throws -> PreparedStep? {
    guard let layer = try WindowLayer(self, convolution.window, channelAxis: 3),
      let requantization = layer.requantization,
      let kernel = QuantizedDepthwiseConvolution(
        input: layer.input.shape, weights: layer.weights, bias: layer.bias,
        output: layer.output.shape, geometry: layer.geometry, requantization: requantization,
        instructionSets: instructionSets)
    else { return nil }
    return PreparedStep(kernel: kernel, operands: [0])
  }
}

/// A convolution whose weights are constant.
private struct WindowLayer {
  let input: TensorView
  let weights: TensorView
  let bias: TensorView?
  let output: MutableTensorView
  let geometry: WindowGeometry
  /// Nil for floats.
  let requantization: Requantization?
  let epilogue: FloatEpilogue

  /// Nil where no fast kernel can do it.
  init?(_ node: PreparationNode, _ convolution: Convolution, channelAxis: Int) throws {
    guard let input = node.operand(0), let weights = node.constant(1), node.isConstantOrAbsent(2),
      Self.isOrdinary(convolution), weights.shape.allSatisfy({ $0 < 1 << 20 })
    else { return nil }
    self.input = input
    self.weights = weights
    bias = node.constant(2)
    output = node.results[0]
    geometry = try WindowGeometry(convolution, input: input.shape, weights: weights.shape)
    let activation = convolution.activation
    switch output.elementType {
    case .float32: requantization = nil
    case .uint8:
      requantization = try Requantization(
        input: input, weights: weights, channelAxis: channelAxis, output: output,
        activation: activation, of: UInt8.self)
    case .int8:
      requantization = try Requantization(
        input: input, weights: weights, channelAxis: channelAxis, output: output,
        activation: activation, of: Int8.self)
    default: return nil
    }
    epilogue = FloatEpilogue(activation == .none ? .none : .clamp(activation.bounds))
  }

  /// Whether the window's extent is far from overflowing.
  private static func isOrdinary(_ convolution: Convolution) -> Bool {
    [convolution.strides, convolution.dilation].allSatisfy {
      (1..<1 << 12).contains($0.height) && (1..<1 << 12).contains($0.width)
    }
  }
}
