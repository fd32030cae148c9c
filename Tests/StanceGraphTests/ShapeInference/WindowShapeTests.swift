import StanceGraph
import StanceTensors
import Testing

@Suite struct WindowShapeTests {
  @Test func samePaddingPutsTheExtraPixelLast() throws {
    let axis = try WindowAxis(size: 6, window: 3, stride: 2, padding: .same)
    #expect(axis.outputSize == 3)
    #expect(axis.paddingBefore == 0)
    let dilated = try WindowAxis(size: 7, window: 3, stride: 1, dilation: 3, padding: .same)
    #expect(dilated.outputSize == 7)
    #expect(dilated.paddingBefore == 3)
  }

  @Test(arguments: [(7, 3, 2, 1, 3), (7, 3, 1, 3, 1), (5, 5, 4, 1, 1)])
  func validPaddingCountsWholeWindows(
    _ size: Int, _ window: Int, _ stride: Int, _ dilation: Int, _ count: Int
  ) throws {
    let axis = try WindowAxis(
      size: size, window: window, stride: stride, dilation: dilation, padding: .valid)
    #expect(axis.outputSize == count)
    #expect(axis.paddingBefore == 0)
  }

  @Test(arguments: [(0, 3, 1, 1), (5, 0, 1, 1), (5, 3, 0, 1), (5, 3, 1, -1), (5, 3, 1, Int.max)])
  func nonsenseIsRefused(_ size: Int, _ window: Int, _ stride: Int, _ dilation: Int) {
    #expect(throws: GraphError.self) {
      try WindowAxis(size: size, window: window, stride: stride, dilation: dilation, padding: .same)
    }
  }

  @Test(arguments: [
    [[1, 4, 4, 3], [2, 3, 3, 2], [2]], [[1, 4, 4, 4], [3, 3, 3, 2], [3]],
    [[1, 4, 4, 3], [2, 3, 3, 3], [5]], [[1, 4, 4, 0], [2, 3, 3, 0], [2]],
    [[4, 4, 3], [2, 3, 3, 3], [2]], [[1, 4, 4, 3], [2, 5, 3, 3], [2]],
  ])
  func convolutionsThatDoNotFitAreRefused(_ shapes: [[Int]]) {
    #expect(throws: GraphError.self) {
      try ShapeInference.outputShapes(
        of: .convolution(Convolution(padding: .valid)),
        operands: shapes.map { operand(Shape($0)) }, outputCount: 1)
    }
  }

  @Test func fullyConnectedFlattensOrKeepsDimensions() throws {
    let operands = [operand([2, 3, 6]), operand([4, 6])]
    #expect(try shape(of: .fullyConnected(FullyConnected()), operands) == [6, 4])
    #expect(
      try shape(of: .fullyConnected(FullyConnected(keepsDimensions: true)), operands) == [2, 3, 4])
  }

  @Test func reductionsNeedTheirAxes() throws {
    let mean = Operation.reduction(Reduction(kind: .mean, keepsDimensions: false))
    #expect(try shape(of: mean, [operand([2, 3, 4]), operand([2], [-1, 0])]) == [3])
    #expect(try shape(of: mean, [operand([2, 3, 4]), operand([1])]) == nil)
    #expect(throws: GraphError.self) {
      try shape(of: mean, [operand([2, 3, 4]), operand([1], [3])])
    }
  }

  private func operand(_ shape: Shape, _ integers: [Int]? = nil) -> OperandDescription {
    OperandDescription(elementType: .float32, shape: shape) { integers }
  }

  private func shape(
    of operation: Operation, _ operands: [OperandDescription]
  ) throws -> Shape? {
    try ShapeInference.outputShapes(of: operation, operands: operands, outputCount: 1)?.first
  }
}
