import StanceTensors

extension ShapeInference {
  static func elementwiseShapes(_ operation: Operation, _ operands: Operands) throws -> [Shape]? {
    switch operation {
    case .binary, .comparison:
      try operands.requireSameType(0, 1)
      return [try operands.broadcastShape(0, 1)]
    case .parametricReLU:
      try operands.requireSameType(0, 1)
      let shape = try operands[0].shape
      guard try operands.broadcastShape(0, 1) == shape else {
        throw operands.invalid(
          "slopes of shape \(try operands[1].shape) do not broadcast to \(shape)")
      }
      return [shape]
    case .select(let select):
      return [try selectShape(select, operands)]
    default:
      return [try operands[0].shape]
    }
  }

  private static func selectShape(_ select: Select, _ operands: Operands) throws -> Shape {
    guard try operands[0].elementType == .bool else {
      throw operands.invalid("the condition is \(try operands[0].elementType.rawValue), not bool")
    }
    try operands.requireSameType(1, 2)
    let (condition, x, y) = try (operands[0].shape, operands[1].shape, operands[2].shape)
    guard !select.broadcasts else { return try operands.broadcastShape(0, 1, 2) }
    guard x == y else {
      throw operands.invalid("the shapes \(x) and \(y) to select from differ")
    }
    let choosesRows = condition.rank == 1 && x.rank > 0 && condition[0] == x[0]
    guard condition == x || condition.rank == 0 || choosesRows else {
      throw operands.invalid("a condition of shape \(condition) cannot choose from shape \(x)")
    }
    return x
  }
}

extension Operands {
  fileprivate func requireSameType(_ first: Int, _ second: Int) throws {
    let (left, right) = try (self[first].elementType, self[second].elementType)
    guard left == right else {
      throw invalid(
        "operands \(first) and \(second) are \(left.rawValue) and \(right.rawValue), "
          + "which must be the same")
    }
  }

  /// The shape that the operands at `indices` broadcast to: aligned at the last dimension, where
  /// each has the same size or 1.
  fileprivate func broadcastShape(_ indices: Int...) throws -> Shape {
    let shapes = try indices.map { try self[$0].shape }
    let rank = shapes.map(\.rank).max() ?? 0
    let dimensions = try (0..<rank).map { axis in
      let sizes = shapes.compactMap { shape in
        let ownAxis = axis - rank + shape.rank
        return ownAxis < 0 ? nil : shape[ownAxis]
      }
      let size = sizes.first { $0 != 1 } ?? 1
      guard sizes.allSatisfy({ $0 == 1 || $0 == size }) else {
        let list = shapes.map(\.description).joined(separator: " and ")
        throw invalid("the shapes \(list) do not broadcast together")
      }
      return size
    }
    return try Shape(validating: dimensions)
  }
}
