import StanceGraph
import StanceKernels
import StanceTensors

extension WindowExecutor {
  static func run(_ convolution: Convolution, _ operands: WindowOperands) throws {
    let (input, weights, bias) = (try operands[0], try operands[1], operands.optional(2))
    let (output, activation) = (operands.output, convolution.activation)
    let geometry = try WindowGeometry(convolution, input: input.shape, weights: weights.shape)
    if let requantization = try Requantization.ofIntegers(
      input: input, weights: weights, channelAxis: 0, output: output, activation: activation)
    {
      Reference.convolution(
        input, weights: weights, bias: bias, output: output, geometry: geometry,
        requantization: requantization)
    } else {
      Reference.convolution(
        input, weights: weights, bias: bias, output: output, geometry: geometry,
        bounds: activation.bounds)
    }
  }

  static func run(_ convolution: DepthwiseConvolution, _ operands: WindowOperands) throws {
    let (input, weights, bias) = (try operands[0], try operands[1], operands.optional(2))
    let (output, window) = (operands.output, convolution.window)
    let geometry = try WindowGeometry(window, input: input.shape, weights: weights.shape)
    if let requantization = try Requantization.ofIntegers(
      input: input, weights: weights, channelAxis: 3, output: output,
      activation: window.activation)
    {
      Reference.depthwiseConvolution(
        input, weights: weights, bias: bias, output: output, geometry: geometry,
        requantization: requantization)
    } else {
      Reference.depthwiseConvolution(
        input, weights: weights, bias: bias, output: output, geometry: geometry,
        bounds: window.activation.bounds)
    }
  }

  static func run(_ convolution: TransposeConvolution, _ operands: WindowOperands) throws {
    let (input, weights, bias) = (try operands[2], try operands[1], operands.optional(3))
    let (output, activation) = (operands.output, convolution.activation)
    let (geometry, isRegular) = try transposeGeometry(
      convolution, input: input.shape, weights: weights.shape, output: output.shape)
    if let requantization = try Requantization.ofIntegers(
      input: input, weights: weights, channelAxis: 0, output: output, activation: activation,
      rounding: isRegular ? .floatToEven : .fixedPoint)
    {
      Reference.transposeConvolution(
        input, weights: weights, bias: bias, output: output, geometry: geometry,
        requantization: requantization)
    } else {
      Reference.transposeConvolution(
        input, weights: weights, bias: bias, output: output, geometry: geometry,
        bounds: activation.bounds)
    }
  }

  static func run(_ layer: FullyConnected, _ operands: WindowOperands) throws {
    let (input, weights, bias) = (try operands[0], try operands[1], operands.optional(2))
    let output = operands.output
    if let requantization = try Requantization.ofIntegers(
      input: input, weights: weights, channelAxis: 0, output: output,
      activation: layer.activation)
    {
      Reference.fullyConnected(
        input, weights: weights, bias: bias, output: output, requantization: requantization)
    } else {
      Reference.fullyConnected(
        input, weights: weights, bias: bias, output: output, bounds: layer.activation.bounds)
    }
  }

  /// The windows with which the output's pixels look back at the input's, and whether XNNPACK takes
  /// such a layer: those it does not are TensorFlow Lite's own kernels'.
  static func transposeGeometry(
    _ convolution: TransposeConvolution, input: Shape, weights: Shape, output: Shape
  ) throws -> (WindowGeometry, isRegular: Bool) {
    let strides = convolution.strides
    var geometry = WindowGeometry(
      strideHeight: strides.height, strideWidth: strides.width, paddingTop: 0, paddingLeft: 0)
    switch convolution.padding {
    case .explicit:
      throw KernelError("a transpose convolution has no explicit padding")
    case .valid:
      return (geometry, weights[1] <= output[1] && weights[2] <= output[2])
    case .same:
      let axes = try WindowAxis.pair(
        height: output[1], width: output[2], window: Steps(height: weights[1], width: weights[2]),
        strides: strides, padding: .same)
      geometry.paddingTop = axes.height.paddingBefore
      geometry.paddingLeft = axes.width.paddingBefore
      let isRegular =
        axes.height.outputSize == input[1] && axes.width.outputSize == input[2]
        && weights[1] >= strides.height && weights[2] >= strides.width
      return (geometry, isRegular)
    }
  }
}

extension WindowGeometry {
  init(_ convolution: Convolution, input: Shape, weights: Shape) throws {
    let axes = try WindowAxis.pair(
      height: input[1], width: input[2], window: Steps(height: weights[1], width: weights[2]),
      strides: convolution.strides, dilation: convolution.dilation, padding: convolution.padding)
    self.init(
      strideHeight: convolution.strides.height, strideWidth: convolution.strides.width,
      dilationHeight: convolution.dilation.height, dilationWidth: convolution.dilation.width,
      paddingTop: axes.height.paddingBefore, paddingLeft: axes.width.paddingBefore)
  }
}
