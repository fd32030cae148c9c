import StanceFormats
import StanceGraph
import StanceTensors

/// One option of an operator.
struct OperatorOption {
  let name: String
  let value: JSONValue

  init(_ name: String, _ value: JSONValue) {
    self.name = name
    self.value = value
  }
}

extension Operation {
  /// The operator's options by names of their own, in a fixed order.
  var options: [OperatorOption] {
    switch self {
    case .convolution(let window): return window.options
    case .depthwiseConvolution(let depthwise):
      return [OperatorOption("depthMultiplier", .integer(depthwise.depthMultiplier))]
        + depthwise.window.options
    case .transposeConvolution(let options):
      return [
        OperatorOption("padding", .string(options.padding.name)),
        OperatorOption("strides", options.strides.json),
        OperatorOption("activation", .string(options.activation.rawValue)),
      ]
    case .fullyConnected(let options):
      return [
        OperatorOption("keepsDimensions", .boolean(options.keepsDimensions)),
        OperatorOption("activation", .string(options.activation.rawValue)),
      ]
    case .pooling(let options):
      return [
        OperatorOption("window", options.window.json),
        OperatorOption("padding", .string(options.padding.name)),
        OperatorOption("strides", options.strides.json),
        OperatorOption("activation", .string(options.activation.rawValue)),
      ]
    case .reduction(let options):
      return [OperatorOption("keepsDimensions", .boolean(options.keepsDimensions))]
    case .l2Normalization(let options):
      return [OperatorOption("activation", .string(options.activation.rawValue))]
    case .softmax(let options):
      return [OperatorOption("beta", .number(Double(options.beta), decimals: 6))]
    case .resize(let options):
      return [
        OperatorOption("alignsCorners", .boolean(options.alignsCorners)),
        OperatorOption("usesHalfPixelCenters", .boolean(options.usesHalfPixelCenters)),
      ]
    case .binary(let options):
      return [OperatorOption("activation", .string(options.activation.rawValue))]
    case .unary(let options):
      guard case .leakyReLU(let alpha) = options.kind else { return [] }
      return [OperatorOption("alpha", .number(Double(alpha), decimals: 6))]
    default: return movementOptions
    }
  }

  private var movementOptions: [OperatorOption] {
    switch self {
    case .mirrorPad(let options): return [OperatorOption("mode", .string(options.mode.rawValue))]
    case .concatenation(let options):
      return [
        OperatorOption("axis", .integer(options.axis)),
        OperatorOption("activation", .string(options.activation.rawValue)),
      ]
    case .split(let options), .splitSizes(let options):
      return [OperatorOption("count", .integer(options.count))]
    case .stridedSlice(let options):
      return [
        OperatorOption("beginMask", .integer(options.beginMask)),
        OperatorOption("endMask", .integer(options.endMask)),
        OperatorOption("ellipsisMask", .integer(options.ellipsisMask)),
        OperatorOption("newAxisMask", .integer(options.newAxisMask)),
        OperatorOption("shrinkAxisMask", .integer(options.shrinkAxisMask)),
        OperatorOption("endIsOffset", .boolean(options.endIsOffset)),
      ]
    case .reshape(let options):
      guard let shape = options.shape else { return [] }
      return [OperatorOption("shape", .array(shape.map(JSONValue.integer)))]
    case .squeeze(let options):
      return [OperatorOption("axes", .array(options.axes.map(JSONValue.integer)))]
    case .pack(let options):
      return [
        OperatorOption("count", .integer(options.count)),
        OperatorOption("axis", .integer(options.axis)),
      ]
    case .unpack(let options):
      return [
        OperatorOption("count", .integer(options.count)),
        OperatorOption("axis", .integer(options.axis)),
      ]
    case .gather(let options):
      return [
        OperatorOption("axis", .integer(options.axis)),
        OperatorOption("batchDimensions", .integer(options.batchDimensions)),
      ]
    case .depthToSpace(let options), .spaceToDepth(let options):
      return [OperatorOption("blockSize", .integer(options.size))]
    case .extremum(let options):
      return [OperatorOption("indexType", .string(options.indexType.rawValue))]
    case .shape(let options):
      return [OperatorOption("indexType", .string(options.indexType.rawValue))]
    case .custom(let custom): return custom.decodedOptions
    default: return []
    }
  }
}

extension Convolution {
  fileprivate var options: [OperatorOption] {
    [
      OperatorOption("padding", .string(padding.name)),
      OperatorOption("strides", strides.json),
      OperatorOption("dilation", dilation.json),
      OperatorOption("activation", .string(activation.rawValue)),
    ]
  }
}

extension Steps {
  fileprivate var json: JSONValue {
    .object([("height", .integer(height)), ("width", .integer(width))])
  }
}
