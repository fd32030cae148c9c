import StanceGraph
import StanceTensors
import Testing

@Suite struct ElementwiseShapesTests {
  @Test(
    arguments: [
      ([2, 3, 4], [2, 3, 4], [2, 3, 4]), ([2, 3, 4], [4], [2, 3, 4]), ([], [5], [5]),
      ([2, 1, 3, 1], [4, 1, 5], [2, 4, 3, 5]), ([0, 3], [1, 3], [0, 3]), ([1], [0], [0]),
      ([], [], []),
    ] as [(Shape, Shape, Shape)])
  func broadcasts(_ a: Shape, _ b: Shape, to expected: Shape) throws {
    #expect(try shapes(.binary(Binary(kind: .add)), a, b) == [expected])
    #expect(try shapes(.comparison(Comparison(kind: .less)), b, a) == [expected])
  }

  @Test(arguments: [([2], [3]), ([0], [2]), ([2, 3], [2])] as [(Shape, Shape)])
  func refusesOtherShapes(_ a: Shape, _ b: Shape) {
    #expect(throws: GraphError.self) { try shapes(.binary(Binary(kind: .multiply)), a, b) }
  }

  @Test func slopesMustNotWidenTheirOperand() throws {
    #expect(try shapes(.parametricReLU, [2, 3, 4], [1, 1, 4]) == [[2, 3, 4]])
    #expect(throws: GraphError.self) { try shapes(.parametricReLU, [1, 4], [3, 4]) }
  }

  @Test func hugeShapesThrow() {
    #expect(throws: (any Error).self) {
      try shapes(.binary(Binary(kind: .add)), [1 << 40, 1], [1, 1 << 40])
    }
  }

  @Test func operandsOfDifferentTypesThrow() {
    #expect(throws: GraphError.self) {
      try ShapeInference.outputShapes(
        of: .binary(Binary(kind: .add)),
        operands: [operand([2], .float32), operand([2], .int32)], outputCount: 1)
    }
  }

  @Test func missingOperandsThrow() {
    #expect(throws: GraphError.self) { try shapes(.binary(Binary(kind: .add)), [2]) }
    #expect(throws: GraphError.self) {
      try ShapeInference.outputShapes(of: .cast, operands: [nil], outputCount: 1)
    }
  }

  @Test func selectionOfRows() throws {
    let rows = Operation.select(Select(broadcasts: false))
    #expect(try select(rows, [4], [4, 3]) == [[4, 3]])
    #expect(try select(rows, [], [4, 3]) == [[4, 3]])
    #expect(throws: GraphError.self) { try select(rows, [3], [4, 3]) }
    #expect(try select(.select(Select(broadcasts: true)), [3], [4, 3]) == [[4, 3]])
  }

  private func select(
    _ operation: Operation, _ condition: Shape, _ shape: Shape
  ) throws -> [Shape]? {
    try ShapeInference.outputShapes(
      of: operation,
      operands: [operand(condition, .bool), operand(shape, .int8), operand(shape, .int8)],
      outputCount: 1)
  }

  private func shapes(_ operation: Operation, _ operands: Shape...) throws -> [Shape]? {
    try ShapeInference.outputShapes(
      of: operation, operands: operands.map { operand($0, .float32) }, outputCount: 1)
  }

  private func operand(_ shape: Shape, _ type: ElementType) -> OperandDescription {
    OperandDescription(elementType: type, shape: shape) { nil }
  }
}
