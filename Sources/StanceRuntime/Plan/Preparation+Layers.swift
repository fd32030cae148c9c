import StanceGraph
import StanceKernels
import StanceTensors

extension PreparationNode {
  func selectLayer() throws -> Selection? {
    switch operation {
    case .convolution(let convolution) where output.elementType == .float32:
      return try floatConvolution(
        epilogue: FloatEpilogue(FloatActivation(convolution.activation))
      ).map { ($0, [0]) }
    case .convolution(let convolution):
      guard let layer = try WindowLayer(self, convolution),
        let requantization = try requantization(channelAxis: 0, convolution.activation)
      else { return nil }
      return QuantizedConvolution(
        input: layer.input, weights: layer.weights, bias: layer.bias, output: output.shape,
        geometry: layer.geometry, requantization: requantization,
        instructionSets: instructionSets
      ).map { ($0, [0]) }
    case .depthwiseConvolution(let convolution) where output.elementType == .float32:
      let activation = FloatActivation(convolution.window.activation)
      return try depthwiseKernel(activation: activation).map { ($0, [0]) }
    case .depthwiseConvolution(let convolution):
      guard let layer = try WindowLayer(self, convolution.window),
        let requantization = try requantization(channelAxis: 3, convolution.window.activation)
      else { return nil }
      return QuantizedDepthwiseConvolution(
        input: layer.input, weights: layer.weights, bias: layer.bias, output: output.shape,
        geometry: layer.geometry, requantization: requantization,
        instructionSets: instructionSets
      ).map { ($0, [0]) }
    case .transposeConvolution(let convolution): return try select(convolution)
    case .fullyConnected(let layer): return try select(layer)
    default: return nil
    }
  }

  /// - Returns: nil for other nodes than convolutions of floats with constant weights.
  func floatConvolution(epilogue: FloatEpilogue) throws -> FloatConvolution? {
    guard case .convolution(let convolution) = operation, output.elementType == .float32,
      let layer = try WindowLayer(self, convolution)
    else { return nil }
    return FloatConvolution(
      input: layer.input, weights: layer.weights, bias: layer.bias, output: output.shape,
      geometry: layer.geometry, epilogue: epilogue, precision: precision,
      instructionSets: instructionSets)
  }

  /// - Returns: nil for other nodes than depthwise convolutions of floats with constant weights.
  func depthwiseKernel(activation: FloatActivation) throws -> (any PreparedKernel)? {
    switch precision {
    case .float32: try floatDepthwise(activation: activation)
    case .bfloat16: try bfloat16Depthwise(activation: activation)
    }
  }

  /// The two in one; nil for other nodes than depthwise convolutions of floats with constant weights,
  /// or where `pointwise` does not fit.
  func separable(
    activation: FloatActivation, _ pointwise: FloatConvolution
  ) throws -> FloatSeparableConvolution? {
    switch precision {
    case .float32:
      try floatDepthwise(activation: activation)
        .flatMap { FloatSeparableConvolution($0, pointwise) }
    case .bfloat16:
      try bfloat16Depthwise(activation: activation)
        .flatMap { FloatSeparableConvolution($0, pointwise) }
    }
  }

  private func floatDepthwise(activation: FloatActivation) throws -> FloatDepthwiseConvolution? {
    guard let layer = try depthwiseLayer() else { return nil }
    return FloatDepthwiseConvolution(
      input: layer.input, weights: layer.weights, bias: layer.bias, output: output.shape,
      geometry: layer.geometry, activation: activation, instructionSets: instructionSets)
  }

  private func bfloat16Depthwise(
    activation: FloatActivation
  ) throws -> BFloat16DepthwiseConvolution? {
    guard let layer = try depthwiseLayer() else { return nil }
    return BFloat16DepthwiseConvolution(
      input: layer.input, weights: layer.weights, bias: layer.bias, output: output.shape,
      geometry: layer.geometry, activation: activation, instructionSets: instructionSets)
  }

  private func depthwiseLayer() throws -> WindowLayer? {
    guard case .depthwiseConvolution(let convolution) = operation,
      output.elementType == .float32
    else { return nil }
    return try WindowLayer(self, convolution.window)
  }

  private func select(_ convolution: TransposeConvolution) throws -> Selection? {
    guard output.elementType == .float32, constant(0) != nil, let weights = constant(1),
      let input = operand(2), isConstantOrAbsent(3),
      (1..<64).contains(convolution.strides.height), (1..<64).contains(convolution.strides.width)
    else { return nil }
    let (geometry, _) = try WindowExecutor.transposeGeometry(
      convolution, input: input.shape, weights: weights.shape, output: output.shape)
    let kernel = FloatTransposeConvolution(
      input: input.shape, weights: weights, bias: constant(3), output: output.shape,
      geometry: geometry, activation: FloatActivation(convolution.activation),
      instructionSets: instructionSets)
    return (kernel, [2])
  }

  private func select(_ layer: FullyConnected) throws -> Selection? {
    guard let input = operand(0), let weights = constant(1), isConstantOrAbsent(2) else {
      return nil
    }
    if output.elementType == .float32 {
      let kernel = FloatFullyConnected(
        rowCount: input.shape.elementCount / weights.shape[1], weights: weights,
        bias: constant(2), epilogue: FloatEpilogue(FloatActivation(layer.activation)),
        precision: precision, instructionSets: instructionSets)
      return (kernel, [0])
    }
    guard let requantization = try requantization(channelAxis: 0, layer.activation) else {
      return nil
    }
    return QuantizedFullyConnected(
      input: input.shape, weights: weights, bias: constant(2), output: output.shape,
      requantization: requantization, instructionSets: instructionSets
    ).map { ($0, [0]) }
  }

  private func requantization(
    channelAxis: Int, _ activation: Activation
  ) throws -> Requantization? {
    guard let input = operand(0), let weights = operand(1) else { return nil }
    switch output.elementType {
    case .uint8:
      return try Requantization(
        input: input, weights: weights, channelAxis: channelAxis, output: output,
        activation: activation, of: UInt8.self)
    case .int8:
      return try Requantization(
        input: input, weights: weights, channelAxis: channelAxis, output: output,
        activation: activation, of: Int8.self)
    default: return nil
    }
  }
}

/// A convolution whose weights are constant.
struct WindowLayer {
  let input: Shape
  let weights: TensorView
  let bias: TensorView?
  let geometry: WindowGeometry

  /// Nil where weights vary, or where the windows' extent could overflow.
  init?(_ node: PreparationNode, _ convolution: Convolution) throws {
    guard let input = node.operand(0), let weights = node.constant(1), node.isConstantOrAbsent(2),
      weights.shape.rank == 4, weights.shape.allSatisfy({ $0 < 1 << 20 }),
      [convolution.strides, convolution.dilation].allSatisfy({
        (1..<1 << 12).contains($0.height) && (1..<1 << 12).contains($0.width)
      }),
      weights.shape[1] * convolution.dilation.height < 1 << 20,
      weights.shape[2] * convolution.dilation.width < 1 << 20
    else { return nil }
    self.input = input.shape
    self.weights = weights
    bias = node.constant(2)
    geometry = try WindowGeometry(convolution, input: input.shape, weights: weights.shape)
  }
}

extension FloatActivation {
  /// - Precondition: the activation is a clamp, as every one is that executors support.
  init(_ activation: Activation) {
    self = activation == .none ? .none : .clamp(activation.bounds)
  }
}
