import StanceTensors

extension ShapeInference {
  static func elementwiseShapes(_ operation: Operation, _ operands: Operands) throws -> [Shape]? {
    throw operands.invalid("no shape inference yet")
  }
}
