import StanceTensors

extension ShapeInference {
  static func windowShapes(_ operation: Operation, _ operands: Operands) throws -> [Shape]? {
    switch operation {
    case .convolution(let convolution):
      return [try convolutionShape(convolution, operands)]
    case .depthwiseConvolution(let convolution):
      return [try depthwiseShape(convolution, operands)]
    case .transposeConvolution(let convolution):
      return try transposeConvolutionShape(convolution, operands).map { [$0] }
    case .fullyConnected(let layer):
      return [try fullyConnectedShape(layer, operands)]
    case .pooling(let pooling):
      return [try poolingShape(pooling, operands)]
    case .reduction(let reduction):
      return try reductionShape(reduction, operands).map { [$0] }
    case .resize(let resize):
      return try resizeShape(resize, operands).map { [$0] }
    default:
      return [try operands[0].shape]
    }
  }

  private static func poolingShape(_ pooling: Pooling, _ operands: Operands) throws -> Shape {
    try operands.requireRank(4, of: 0)
    let x = try operands[0].shape
    let axes = try operands.naming {
      try WindowAxis.pair(
        height: x[1], width: x[2], window: pooling.window, strides: pooling.strides,
        padding: pooling.padding)
    }
    return try Shape(validating: [x[0], axes.height.outputSize, axes.width.outputSize, x[3]])
  }

  private static func reductionShape(
    _ reduction: Reduction, _ operands: Operands
  ) throws -> Shape? {
    let x = try operands[0].shape
    guard let axes = try operands[1].integers() else { return nil }
    let reduced = try operands.normalizedAxes(axes, rank: x.rank)
    let dimensions = x.indices.compactMap { axis in
      reduced.contains(axis) ? (reduction.keepsDimensions ? 1 : nil) : x[axis]
    }
    return try Shape(validating: dimensions)
  }

  private static func resizeShape(_ resize: Resize, _ operands: Operands) throws -> Shape? {
    try operands.requireRank(4, of: 0)
    let x = try operands[0].shape
    guard !(resize.alignsCorners && resize.usesHalfPixelCenters) else {
      throw operands.invalid("aligned corners and half-pixel centres exclude each other")
    }
    guard try operands[1].shape.elementCount == 2 else {
      throw operands.invalid("operand 1 needs two numbers, height and width")
    }
    guard let size = try operands[1].integers() else { return nil }
    guard size.allSatisfy({ (1..<1 << 24).contains($0) }) else {
      throw operands.invalid("a size of \(size[0]) x \(size[1]) is not from 1 to \(1 << 24 - 1)")
    }
    guard (1..<1 << 24).contains(x[1]), (1..<1 << 24).contains(x[2]) else {
      throw operands.invalid("an empty picture of shape \(x) cannot be resized")
    }
    return try Shape(validating: [x[0], size[0], size[1], x[3]])
  }
}

extension Operands {
  /// - Throws: errors of `body`, naming the operator.
  func naming<Result>(_ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch let error as GraphError {
      throw invalid(error.description)
    }
  }

  /// The axes as indices, without repetitions; for a scalar there are none.
  func normalizedAxes(_ axes: [Int], rank: Int) throws -> Set<Int> {
    guard rank > 0 else { return [] }
    return Set(try axes.map { try normalizedAxis($0, rank: rank) })
  }
}
