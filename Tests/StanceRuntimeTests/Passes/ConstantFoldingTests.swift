import StanceGraph
import StanceTensors
import Testing

@testable import StanceRuntime

/// What follows from constants alone is computed once, when the plan is made.
@Suite struct ConstantFoldingTests {
  private static let shape: Shape = [7, 3, 3, 5]

  /// A convolution of a picture with the weights that `make` gives.
  private func graph(
    _ make: (inout GraphBuilder) throws -> ValueID
  ) throws -> (graph: Graph, weights: ValueID) {
    var builder = GraphBuilder()
    let x = builder.picture([1, 6, 5, 5])
    let weights = try make(&builder)
    builder.output(
      builder.node(.convolution(Convolution(padding: .same)), [x, weights, nil], "y"))
    return (builder.graph, weights)
  }

  private func expectPacked(_ graph: Graph, _ weights: ValueID, like elements: [Float]) throws {
    let planned = try PlannedGraph(graph)
    #expect(planned.steps == ["CONV_2D"])
    // The packed weights are all that is left of them.
    #expect(planned.plan.statics[weights.index] == nil && planned.plan.staticByteCount == 0)
    #expect(planned.offset(weights) == nil)
    let dense = try self.graph { $0.constant("w", elements, Self.shape) }.graph
    try expectSameFirstOutput(graph, dense)
    try expectUnchanged(graph)
  }

  @Test func halfPrecisionWeights() throws {
    let halves = try Tensor.random(Self.shape, .float16, seed: 1)
    let (graph, weights) = try graph { builder in
      let id = builder.constant(
        "halves", try halves.elements(as: Float16Bits.self), Self.shape)
      return builder.node(.dequantize, [id], "weights")
    }
    try expectPacked(graph, weights, like: halves.elements(as: Float16Bits.self).map(\.float))
  }

  @Test func sparseWeights() throws {
    let count = Self.shape.elementCount
    let kept = stride(from: 0, to: count, by: 3)
    let stored = kept.map { Float($0 % 17) / 17 - 0.4 }
    var dense = [Float](repeating: 0, count: count)
    for (index, element) in zip(kept, stored) { dense[index] = element }
    func vector(_ numbers: [Int]) -> IndexVector {
      IndexVector(
        elementType: .int32,
        bytes: numbers.map { Int32($0) }.withUnsafeBytes { Bytes(copying: $0) })
    }
    let rows = Self.shape[0] * 9
    let segments = (0...rows).map { row in kept.filter { $0 < row * 5 }.count }
    let (graph, weights) = try graph { builder in
      let id = builder.constant("stored", stored, Self.shape)
      builder.graph[id].sparsity = Sparsity(
        traversalOrder: [0, 1, 2, 3], blockMap: [],
        levels: [
          .dense(size: Self.shape[0]), .dense(size: 3), .dense(size: 3),
          .compressed(segments: vector(segments), indices: vector(kept.map { $0 % 5 })),
        ])
      return builder.node(.densify, [id], "weights")
    }
    try expectPacked(graph, weights, like: dense)
  }

  @Test func quantizedWeightsOfFloats() throws {
    let bytes = try Tensor.random(Self.shape, .int8, seed: 2).elements(as: Int8.self)
    let (graph, weights) = try graph { builder in
      let id = builder.constant("bytes", bytes, Self.shape)
      builder.graph[id].quantization = Quantization(scale: 0.125, zeroPoint: 3)
      return builder.node(.dequantize, [id], "weights")
    }
    try expectPacked(graph, weights, like: bytes.map { (Float($0) - 3) * 0.125 })
  }

  /// Shapes are as constant as numbers.
  @Test func arithmeticOfShapes() throws {
    var builder = GraphBuilder()
    let x = builder.picture([1, 6, 5, 4])
    let shape = builder.node(.shape(ShapeOf(indexType: .int32)), [x], "shape", .int32)
    let sizes = builder.node(
      .slice, [shape, builder.integers([1]), builder.integers([2])], "sizes", .int32)
    let resized = builder.node(.resize(Resize(kind: .bilinear)), [x, sizes], "resized")
    builder.output(resized)
    #expect(try PlannedGraph(builder.graph).steps == ["RESIZE_BILINEAR"])
    try expectUnchanged(builder.graph)
  }

  @Test func aConstantOutputIsThereInEveryRun() throws {
    var builder = GraphBuilder()
    let x = builder.picture([3])
    let negated = builder.unary(.negate, builder.constant("c", [1, 2, 3] as [Float]))
    builder.output(negated, builder.sum(x, negated))
    let planned = try PlannedGraph(builder.graph)
    #expect(planned.steps == ["ADD"])
    #expect(try planned.outputs()[0].elements(as: Float.self) == [-1, -2, -3])
    try expectUnchanged(builder.graph)
  }

  @Test func whatIsWrittenToAVariableIsNotConstant() throws {
    var builder = GraphBuilder()
    let x = builder.picture([3])
    let state = builder.value("state", [3], isVariable: true)
    let before = builder.sum(x, state)
    let ones = builder.constant("ones", [1, 1, 1] as [Float])
    builder.node(.unary(Unary(kind: .negate)), [ones], to: [state])
    builder.output(before, builder.sum(x, state))
    let planned = try PlannedGraph(builder.graph)
    #expect(planned.steps == ["ADD", "NEG", "ADD"])
    // The second run finds what the first one wrote.
    let outputs = try planned.outputs()
    #expect(outputs[2] == outputs[3] && outputs[0] != outputs[1])
    try expectUnchanged(builder.graph)
  }
}
