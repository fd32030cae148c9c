import StanceTensors

/// Elements chosen by index or by value.
extension ShapeInference {
  static func selectedShapes(_ operation: Operation, _ operands: Operands) throws -> [Shape]? {
    switch operation {
    case .gather(let gather): return try gathered(gather, operands)
    case .gatherND: return try gatheredND(operands)
    case .topK: return try topK(operands)
    case .extremum: return try extremum(operands)
    default: throw operands.invalid("does not choose elements")
    }
  }

  private static func gathered(_ gather: Gather, _ operands: Operands) throws -> [Shape]? {
    let (x, indices) = (try operands[0].shape, try operands[1].shape)
    let axis = try operands.normalizedAxis(gather.axis, rank: x.rank)
    let batch = gather.resolvedBatchDimensions(indexRank: indices.rank)
    guard (0...axis).contains(batch), batch <= indices.rank,
      x.dimensions[..<batch] == indices.dimensions[..<batch]
    else {
      throw operands.invalid(
        "\(gather.batchDimensions) dimensions of x \(x) and indices \(indices) cannot be shared")
    }
    let dimensions =
      x.dimensions[..<axis] + indices.dimensions[batch...] + x.dimensions[(axis + 1)...]
    return [try Shape(validating: Array(dimensions))]
  }

  private static func gatheredND(_ operands: Operands) throws -> [Shape]? {
    let (x, indices) = (try operands[0].shape, try operands[1].shape)
    guard let depth = indices.last, depth <= x.rank else {
      throw operands.invalid("indices of shape \(indices) do not fit a tensor of shape \(x)")
    }
    let dimensions = indices.dimensions.dropLast() + x.dimensions[depth...]
    return [try Shape(validating: Array(dimensions))]
  }

  private static func topK(_ operands: Operands) throws -> [Shape]? {
    let shape = try operands[0].shape
    guard let last = shape.last else { throw operands.invalid("a scalar has no largest elements") }
    guard let number = try operands.number(1) else { return nil }
    guard number <= last else {
      throw operands.invalid("there are no \(number) largest of \(last) elements")
    }
    let result = try shape.replacing(axis: shape.rank - 1, by: max(number, 0))
    return [result, result]
  }

  private static func extremum(_ operands: Operands) throws -> [Shape]? {
    let shape = try operands[0].shape
    guard let number = try operands.number(1) else { return nil }
    let axis = try operands.normalizedAxis(number, rank: shape.rank)
    guard shape[axis] > 0 else {
      throw operands.invalid("there is no extreme element along the empty axis \(axis)")
    }
    return [try shape.removing(axis: axis)]
  }
}

extension Gather {
  /// The number of shared dimensions, where a negative one counts from the rank of the indices.
  package func resolvedBatchDimensions(indexRank: Int) -> Int {
    batchDimensions < 0 ? batchDimensions + indexRank : batchDimensions
  }
}
