import StanceGraph

extension Lowering {
  /// The convolution family, pooling, reductions and resizing; nil for other operators.
  func windowOperation(_ builtin: BuiltinOperator) throws -> Operation? {
    switch builtin {
    case .convolution2D:
      let options = try options(.convolution2D)
      return .convolution(try convolution(options, activation: 3, dilation: (4, 5)))
    case .depthwiseConvolution2D:
      let options = try options(.depthwiseConvolution2D)
      return .depthwiseConvolution(
        DepthwiseConvolution(
          depthMultiplier: try options.integer(3, "depth multiplier"),
          window: try convolution(options, activation: 4, dilation: (5, 6))))
    case .transposeConvolution:
      let options = try options(.transposeConvolution)
      return .transposeConvolution(
        TransposeConvolution(
          padding: try options.padding(0),
          strides: try options.steps(height: 2, width: 1, "stride"),
          activation: try options.activation(3)))
    case .fullyConnected:
      return try fullyConnected(try options(.fullyConnected))
    case .averagePool2D:
      return .pooling(try pooling(.average))
    case .maxPool2D:
      return .pooling(try pooling(.max))
    case .mean:
      return .reduction(try reduction(.mean))
    case .sum:
      return .reduction(try reduction(.sum))
    case .reduceMax:
      return .reduction(try reduction(.max))
    case .l2Normalization:
      return .l2Normalization(
        L2Normalization(activation: try options(.l2Normalization).activation(0)))
    case .softmax:
      return .softmax(Softmax(beta: try options(.softmax).float(0, "beta")))
    case .resizeBilinear:
      // The first two fields are a size that the second operand has replaced.
      return .resize(try resize(.bilinear, try options(.resizeBilinear), firstSlot: 2))
    case .resizeNearestNeighbor:
      return .resize(try resize(.nearest, try options(.resizeNearestNeighbor), firstSlot: 0))
    default:
      return nil
    }
  }

  private func convolution(
    _ options: Options, activation: Int, dilation: (width: Int, height: Int)
  ) throws -> Convolution {
    Convolution(
      padding: try options.padding(0),
      strides: try options.steps(height: 2, width: 1, "stride"),
      dilation: try options.steps(
        height: dilation.height, width: dilation.width, "dilation", default: 1),
      activation: try options.activation(activation))
  }

  private func fullyConnected(_ options: Options) throws -> Operation {
    let shuffled = try options.choice(1, "weights format", among: [false, true])
    guard !shuffled else {
      return .unsupported(UnsupportedOperation(name: "FULLY_CONNECTED with shuffled weights"))
    }
    return .fullyConnected(
      FullyConnected(
        keepsDimensions: try options.bool(2, "keep_num_dims"),
        activation: try options.activation(0)))
  }

  private func pooling(_ kind: Pooling.Kind) throws -> Pooling {
    let options = try options(.pool2D)
    return Pooling(
      kind: kind, window: try options.steps(height: 4, width: 3, "filter"),
      padding: try options.padding(0),
      strides: try options.steps(height: 2, width: 1, "stride"),
      activation: try options.activation(5))
  }

  private func reduction(_ kind: Reduction.Kind) throws -> Reduction {
    Reduction(kind: kind, keepsDimensions: try options(.reducer).bool(0, "keep_dims"))
  }

  private func resize(_ kind: Resize.Kind, _ options: Options, firstSlot: Int) throws -> Resize {
    Resize(
      kind: kind, alignsCorners: try options.bool(firstSlot, "align_corners"),
      usesHalfPixelCenters: try options.bool(firstSlot + 1, "half_pixel_centers"))
  }
}
