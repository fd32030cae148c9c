import StanceTensors

extension ShapeInference {
  static func movementShapes(_ operation: Operation, _ operands: Operands) throws -> [Shape]? {
    throw operands.invalid("no shape inference yet")
  }
}
