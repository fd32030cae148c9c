import StanceTensors

extension ShapeInference {
  static func convolutionShape(
    _ convolution: Convolution, _ operands: Operands
  ) throws -> Shape {
    let (x, weights) = try operands.pictureAndWeights(0, 1)
    let (channels, outputs) = (weights[3], weights[0])
    guard x[3] % channels == 0 else {
      throw operands.invalid(
        "\(x[3]) channels of the input do not divide by \(channels) of weights")
    }
    guard outputs % (x[3] / channels) == 0 else {
      throw operands.invalid(
        "\(outputs) output channels do not divide by \(x[3] / channels) groups")
    }
    try operands.requireBias(2, count: outputs)
    return try operands.windowedShape(x, weights, convolution, channels: outputs)
  }

  static func depthwiseShape(
    _ convolution: DepthwiseConvolution, _ operands: Operands
  ) throws -> Shape {
    let (x, weights) = try operands.pictureAndWeights(0, 1)
    guard weights[0] == 1, weights[3] % x[3] == 0 else {
      throw operands.invalid(
        "weights of shape \(weights) do not fit an input of \(x[3]) channels")
    }
    try operands.requireBias(2, count: weights[3])
    return try operands.windowedShape(x, weights, convolution.window, channels: weights[3])
  }

  static func transposeConvolutionShape(
    _ convolution: TransposeConvolution, _ operands: Operands
  ) throws -> Shape? {
    let (x, weights) = try operands.pictureAndWeights(2, 1)
    guard weights[3] == x[3] else {
      throw operands.invalid(
        "weights of shape \(weights) do not fit an input of \(x[3]) channels")
    }
    guard convolution.strides.height > 0, convolution.strides.width > 0 else {
      throw operands.invalid("the strides must be positive")
    }
    try operands.requireBias(3, count: weights[0])
    guard let dimensions = try operands[0].integers() else { return nil }
    guard dimensions.count == 4, dimensions.allSatisfy({ (1...Int(Int32.max)).contains($0) }),
      dimensions[0] == x[0], dimensions[3] == weights[0]
    else {
      throw operands.invalid(
        "an output shape of \(dimensions) does not fit an input of shape \(x) "
          + "and weights of shape \(weights)")
    }
    return try Shape(validating: dimensions)
  }

  static func fullyConnectedShape(
    _ layer: FullyConnected, _ operands: Operands
  ) throws -> Shape {
    try operands.requireRank(2, of: 1)
    let x = try operands[0].shape
    let weights = try operands[1].shape
    let (outputs, depth) = (weights[0], weights[1])
    guard outputs > 0, depth > 0, x.elementCount % depth == 0 else {
      throw operands.invalid("an input of shape \(x) does not fit weights of shape \(weights)")
    }
    try operands.requireBias(2, count: outputs)
    guard layer.keepsDimensions else {
      return try Shape(validating: [x.elementCount / depth, outputs])
    }
    guard x.last == depth else {
      throw operands.invalid("an input of shape \(x) does not end in \(depth), as the weights need")
    }
    return try Shape(validating: x.dimensions.dropLast() + [outputs])
  }
}

extension Operands {
  /// The shapes of a picture `[N, H, W, C]` and of weights, neither of which is empty along height,
  /// width or channels.
  func pictureAndWeights(_ picture: Int, _ weights: Int) throws -> (Shape, Shape) {
    try requireRank(4, of: picture)
    try requireRank(4, of: weights)
    let shapes = (try self[picture].shape, try self[weights].shape)
    guard shapes.0.dimensions[1...].allSatisfy({ $0 > 0 }), !shapes.1.contains(0) else {
      throw invalid("an input of shape \(shapes.0) or weights of shape \(shapes.1) are empty")
    }
    return shapes
  }

  func requireBias(_ index: Int, count: Int) throws {
    guard let bias = optional(index), bias.shape.elementCount != count else { return }
    throw invalid("a bias of shape \(bias.shape) does not fit \(count) output channels")
  }

  fileprivate func windowedShape(
    _ x: Shape, _ weights: Shape, _ convolution: Convolution, channels: Int
  ) throws -> Shape {
    let axes = try naming {
      try WindowAxis.pair(
        height: x[1], width: x[2], window: Steps(height: weights[1], width: weights[2]),
        strides: convolution.strides, dilation: convolution.dilation,
        padding: convolution.padding)
    }
    return try Shape(validating: [x[0], axes.height.outputSize, axes.width.outputSize, channels])
  }
}
