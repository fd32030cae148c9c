extension Operation {
  /// The operator's name in TensorFlow Lite, for instance `CONV_2D`; a custom operator's own name.
  public var name: String {
    switch self {
    case .convolution: "CONV_2D"
    case .depthwiseConvolution: "DEPTHWISE_CONV_2D"
    case .transposeConvolution: "TRANSPOSE_CONV"
    case .fullyConnected: "FULLY_CONNECTED"
    case .pooling(let pooling): pooling.kind == .max ? "MAX_POOL_2D" : "AVERAGE_POOL_2D"
    case .reduction(let reduction): reduction.kind.operatorName
    case .l2Normalization: "L2_NORMALIZATION"
    case .softmax: "SOFTMAX"
    case .resize(let resize):
      resize.kind == .bilinear ? "RESIZE_BILINEAR" : "RESIZE_NEAREST_NEIGHBOR"
    case .binary(let binary): binary.kind.operatorName
    case .comparison(let comparison): comparison.kind.operatorName
    case .unary(let unary): unary.kind.operatorName
    case .parametricReLU: "PRELU"
    case .select(let select): select.broadcasts ? "SELECT_V2" : "SELECT"
    case .cast: "CAST"
    case .quantize: "QUANTIZE"
    case .dequantize: "DEQUANTIZE"
    case .densify: "DENSIFY"
    case .pad(let pad): pad.hasConstant ? "PADV2" : "PAD"
    case .mirrorPad: "MIRROR_PAD"
    case .concatenation: "CONCATENATION"
    case .split: "SPLIT"
    case .splitSizes: "SPLIT_V"
    case .slice: "SLICE"
    case .stridedSlice: "STRIDED_SLICE"
    case .reshape: "RESHAPE"
    case .squeeze: "SQUEEZE"
    case .expandDimensions: "EXPAND_DIMS"
    case .transpose: "TRANSPOSE"
    case .pack: "PACK"
    case .unpack: "UNPACK"
    case .gather: "GATHER"
    case .gatherND: "GATHER_ND"
    case .depthToSpace: "DEPTH_TO_SPACE"
    case .spaceToDepth: "SPACE_TO_DEPTH"
    case .spaceToBatch: "SPACE_TO_BATCH_ND"
    case .batchToSpace: "BATCH_TO_SPACE_ND"
    case .topK: "TOPK_V2"
    case .extremum(let extremum): extremum.kind == .max ? "ARG_MAX" : "ARG_MIN"
    case .shape: "SHAPE"
    case .fill: "FILL"
    case .range: "RANGE"
    case .where: "WHERE"
    case .custom(let custom): custom.name
    case .unsupported(let unsupported): unsupported.name
    }
  }
}

extension Reduction.Kind {
  fileprivate var operatorName: String {
    switch self {
    case .mean: "MEAN"
    case .sum: "SUM"
    case .max: "REDUCE_MAX"
    }
  }
}

extension Binary.Kind {
  fileprivate var operatorName: String {
    switch self {
    case .add: "ADD"
    case .subtract: "SUB"
    case .multiply: "MUL"
    case .divide: "DIV"
    case .floorDivide: "FLOOR_DIV"
    case .maximum: "MAXIMUM"
    case .minimum: "MINIMUM"
    }
  }
}

extension Comparison.Kind {
  fileprivate var operatorName: String {
    switch self {
    case .equal: "EQUAL"
    case .notEqual: "NOT_EQUAL"
    case .less: "LESS"
    case .lessEqual: "LESS_EQUAL"
    case .greater: "GREATER"
    case .greaterEqual: "GREATER_EQUAL"
    }
  }
}

extension Unary.Kind {
  fileprivate var operatorName: String {
    switch self {
    case .squareRoot: "SQRT"
    case .reciprocalSquareRoot: "RSQRT"
    case .negate: "NEG"
    case .absolute: "ABS"
    case .exponential: "EXP"
    case .logistic: "LOGISTIC"
    case .tanh: "TANH"
    case .relu: "RELU"
    case .relu6: "RELU6"
    case .reluN1To1: "RELU_N1_TO_1"
    case .elu: "ELU"
    case .hardSwish: "HARD_SWISH"
    case .leakyReLU: "LEAKY_RELU"
    }
  }
}
