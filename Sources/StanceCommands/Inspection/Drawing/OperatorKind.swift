import StanceGraph

/// What sort of work an operator does, which gives it its colour.
enum OperatorKind: String, CaseIterable, Hashable {
  case convolution, depthwise, product, window, elementwise, activation, movement, selection
  case conversion, custom

  init(_ operation: Operation) {
    switch operation {
    case .convolution, .transposeConvolution: self = .convolution
    case .depthwiseConvolution: self = .depthwise
    case .fullyConnected: self = .product
    case .pooling, .reduction, .resize, .l2Normalization: self = .window
    case .binary, .comparison, .select: self = .elementwise
    case .unary(let unary): self = OperatorKind(unary.kind)
    case .parametricReLU, .softmax: self = .activation
    case .cast, .quantize, .dequantize, .densify: self = .conversion
    case .gather, .gatherND, .topK, .extremum, .where: self = .selection
    case .custom, .unsupported: self = .custom
    case .pad, .mirrorPad, .concatenation, .split, .splitSizes, .slice, .stridedSlice, .reshape,
      .squeeze, .expandDimensions, .transpose, .pack, .unpack, .depthToSpace, .spaceToDepth,
      .spaceToBatch, .batchToSpace, .shape, .fill, .range:
      self = .movement
    }
  }

  private init(_ unary: Unary.Kind) {
    switch unary {
    case .squareRoot, .reciprocalSquareRoot, .negate, .absolute, .exponential: self = .elementwise
    case .logistic, .tanh, .relu, .relu6, .reluN1To1, .elu, .hardSwish, .leakyReLU:
      self = .activation
    }
  }

  /// For the legend.
  var title: String {
    switch self {
    case .convolution: "convolution"
    case .depthwise: "depthwise convolution"
    case .product: "matrix product"
    case .window: "pooling, resizing"
    case .elementwise: "elementwise"
    case .activation: "activation"
    case .movement: "shape and order"
    case .selection: "selection"
    case .conversion: "conversion"
    case .custom: "custom or unknown"
    }
  }

  /// On white paper and on a light page.
  var lightColor: String {
    switch self {
    case .convolution: "#2f6db5"
    case .depthwise: "#168a82"
    case .product: "#5b50c4"
    case .window: "#4d8b3a"
    case .elementwise: "#b07a10"
    case .activation: "#c4572b"
    case .movement: "#69757f"
    case .selection: "#b04a84"
    case .conversion: "#8a68a8"
    case .custom: "#b8313f"
    }
  }

  /// On a dark page.
  var darkColor: String {
    switch self {
    case .convolution: "#6ea8ee"
    case .depthwise: "#4fc4ba"
    case .product: "#9d94f5"
    case .window: "#8bc576"
    case .elementwise: "#dcae52"
    case .activation: "#ee8d66"
    case .movement: "#9aa7b2"
    case .selection: "#e088ba"
    case .conversion: "#bb9bd8"
    case .custom: "#f0707c"
    }
  }
}
