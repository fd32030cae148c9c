import StanceTensors

/// The same elements in another shape or order.
extension ShapeInference {
  static func rearrangedShapes(_ operation: Operation, _ operands: Operands) throws -> [Shape]? {
    switch operation {
    case .reshape(let reshape): return try reshaped(reshape, operands)
    case .squeeze(let squeeze): return try squeezed(squeeze, operands)
    case .expandDimensions: return try expanded(operands)
    case .transpose: return try transposed(operands)
    case .depthToSpace(let block): return try depthToSpace(block.size, operands)
    case .spaceToDepth(let block): return try spaceToDepth(block.size, operands)
    case .spaceToBatch: return try spaceToBatch(operands)
    case .batchToSpace: return try batchToSpace(operands)
    default: throw operands.invalid("does not rearrange elements")
    }
  }

  private static func reshaped(_ reshape: Reshape, _ operands: Operands) throws -> [Shape]? {
    let shape = try operands[0].shape
    var dimensions: [Int]
    if let target = operands.optional(1), target.shape.rank == 1 {
      guard let numbers = try operands.numbers(1) else { return nil }
      dimensions = numbers
    } else if let numbers = reshape.shape {
      // Old files write a scalar's shape as [0].
      dimensions = numbers == [0] && shape.elementCount != 0 ? [] : numbers
    } else {
      throw operands.invalid("has no shape to give its operand of shape \(shape)")
    }
    let stretched = dimensions.indices.filter { dimensions[$0] == -1 }
    guard stretched.count <= 1, dimensions.allSatisfy({ $0 >= -1 }) else {
      throw operands.invalid("cannot give \(shape) the shape \(dimensions)")
    }
    if let axis = stretched.first {
      dimensions[axis] = 1
      let rest = try Shape(validating: dimensions)
      // Beside a zero any size would do: the one that keeps the other dimensions' product is taken.
      let isEmpty = shape.elementCount == 0
      let elements = isEmpty && rest.elementCount == 0 ? shape.nonzeroProduct : shape.elementCount
      dimensions[axis] = elements / rest.nonzeroProduct
    }
    let result = try Shape(validating: dimensions)
    guard result.elementCount == shape.elementCount else {
      throw operands.invalid(
        "cannot give \(shape.elementCount) elements of shape \(shape) the shape \(dimensions)")
    }
    return [result]
  }

  private static func squeezed(_ squeeze: Squeeze, _ operands: Operands) throws -> [Shape]? {
    let shape = try operands[0].shape
    let axes = try squeeze.axes.map { try operands.normalizedAxis($0, rank: shape.rank) }
    guard axes.allSatisfy({ shape[$0] == 1 }) else {
      throw operands.invalid("cannot drop dimensions \(squeeze.axes) of shape \(shape)")
    }
    let dropped = axes.isEmpty ? Set(shape.indices.filter { shape[$0] == 1 }) : Set(axes)
    let kept = shape.indices.filter { !dropped.contains($0) }
    return [try Shape(validating: kept.map { shape[$0] })]
  }

  private static func expanded(_ operands: Operands) throws -> [Shape]? {
    let shape = try operands[0].shape
    guard let number = try operands.number(1) else { return nil }
    let axis = try operands.normalizedNewAxis(number, rank: shape.rank)
    return [try shape.inserting(1, axis: axis)]
  }

  private static func transposed(_ operands: Operands) throws -> [Shape]? {
    let shape = try operands[0].shape
    guard let numbers = try operands.numbers(1, count: shape.rank) else { return nil }
    let axes = try numbers.map { try operands.normalizedAxis($0, rank: shape.rank) }
    guard Set(axes).count == shape.rank else {
      throw operands.invalid("\(numbers) does not name each dimension of \(shape) once")
    }
    return [try Shape(validating: axes.map { shape[$0] })]
  }

  private static func depthToSpace(_ block: Int, _ operands: Operands) throws -> [Shape]? {
    try operands.requireRank(4, of: 0)
    let shape = try operands[0].shape
    let area = try operands.product(block, block)
    guard block > 0, shape[3] % area == 0 else {
      throw operands.invalid("\(shape[3]) channels do not make blocks of \(block) x \(block)")
    }
    return [
      try Shape(validating: [
        shape[0], try operands.product(shape[1], block), try operands.product(shape[2], block),
        shape[3] / area,
      ])
    ]
  }

  private static func spaceToDepth(_ block: Int, _ operands: Operands) throws -> [Shape]? {
    try operands.requireRank(4, of: 0)
    let shape = try operands[0].shape
    guard block > 0, shape[1] % block == 0, shape[2] % block == 0 else {
      throw operands.invalid("shape \(shape) does not divide into blocks of \(block) x \(block)")
    }
    let area = try operands.product(block, block)
    return [
      try Shape(validating: [
        shape[0], shape[1] / block, shape[2] / block, try operands.product(shape[3], area),
      ])
    ]
  }

  private static func spaceToBatch(_ operands: Operands) throws -> [Shape]? {
    guard let (blocks, paddings) = try blocksAndBorders(operands) else { return nil }
    var dimensions = try operands[0].shape.dimensions
    for (index, block) in blocks.enumerated() {
      let padded = try operands.sum(
        [dimensions[index + 1], paddings[2 * index], paddings[2 * index + 1]])
      guard padded % block == 0 else {
        throw operands.invalid(
          "padded dimension \(index + 1) of \(padded) has no blocks of \(block)")
      }
      dimensions[index + 1] = padded / block
      dimensions[0] = try operands.product(dimensions[0], block)
    }
    return [try Shape(validating: dimensions)]
  }

  private static func batchToSpace(_ operands: Operands) throws -> [Shape]? {
    guard let (blocks, crops) = try blocksAndBorders(operands) else { return nil }
    var dimensions = try operands[0].shape.dimensions
    for (index, block) in blocks.enumerated() {
      guard dimensions[0] % block == 0 else {
        throw operands.invalid("a batch of \(dimensions[0]) has no blocks of \(block)")
      }
      dimensions[0] /= block
      let whole = try operands.product(dimensions[index + 1], block)
      dimensions[index + 1] = try operands.sum([whole, -crops[2 * index], -crops[2 * index + 1]])
    }
    return [try Shape(validating: dimensions)]
  }

  /// The block sizes, and for each two border widths of zero or more; nil while not known.
  private static func blocksAndBorders(_ operands: Operands) throws -> ([Int], [Int])? {
    let rank = try operands[0].shape.rank
    let count = try operands[1].shape.elementCount
    guard count >= 1, count < rank else {
      throw operands.invalid("\(count) block sizes do not fit \(rank) dimensions")
    }
    guard let blocks = try operands.numbers(1),
      let borders = try operands.numbers(2, count: 2 * count)
    else { return nil }
    guard blocks.allSatisfy({ $0 > 0 }), borders.allSatisfy({ $0 >= 0 }) else {
      throw operands.invalid("block sizes \(blocks) and borders \(borders) must not be negative")
    }
    return (blocks, borders)
  }
}

extension Shape {
  /// The product of the dimensions that are not zero.
  fileprivate var nonzeroProduct: Int { reduce(1) { $0 * Swift.max($1, 1) } }
}
