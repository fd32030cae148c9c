import StanceGraph
import StanceTensors
import Testing

@testable import StanceRuntime

/// QUANTIZE of what DEQUANTIZE gave is left out where it gives the same numbers back.
@Suite struct QuantizationPairTests {
  static let types: [ElementType] = [.uint8, .int8]
  private static let first = Quantization(scale: 0.5, zeroPoint: 3)

  /// x, DEQUANTIZE, QUANTIZE, a pool.
  private func graph(
    _ type: ElementType, _ from: Quantization = first, to resultType: ElementType? = nil,
    _ quantization: Quantization = first
  ) -> (graph: Graph, real: ValueID, again: ValueID) {
    var builder = GraphBuilder()
    let shape: Shape = [1, 4, 4, 6]
    let x = builder.input("x", shape, type, quantization: from)
    let real = builder.node(.dequantize, [x], "real")
    let resultType = resultType ?? type
    let again = builder.value("again", shape, resultType, quantization: quantization)
    builder.node(.quantize, [real], to: [again])
    let pool = Pooling(
      kind: .max, window: Steps(height: 2, width: 2), padding: .valid,
      strides: Steps(height: 2, width: 2))
    let pooled = builder.value("pooled", shape, resultType, quantization: quantization)
    builder.node(.pooling(pool), [again], to: [pooled])
    builder.output(pooled)
    return (builder.graph, real, again)
  }

  @Test(arguments: types)
  func aPairIsNoStep(_ type: ElementType) throws {
    let (graph, real, again) = graph(type)
    let planned = try PlannedGraph(graph)
    #expect(planned.steps == ["MAX_POOL_2D"])
    #expect(planned.offset(real) == nil && planned.offset(again) == nil)
    try expectUnchanged(graph)
    // Shown, the numbers between are there, and the same.
    let shownReal = graph.showing(real)
    #expect(try PlannedGraph(shownReal).steps == ["DEQUANTIZE", "QUANTIZE", "MAX_POOL_2D"])
    let shownResult = graph.showing(again)
    #expect(try PlannedGraph(shownResult).steps == ["DEQUANTIZE QUANTIZE", "MAX_POOL_2D"])
    for shown in [shownReal, shownResult] {
      try expectSameFirstOutput(graph, shown)
      try expectUnchanged(shown)
    }
  }

  @Test(arguments: types)
  func whatRoundsOrSaturatesStays(_ type: ElementType) throws {
    let other: ElementType = type == .uint8 ? .int8 : .uint8
    let graphs = [
      graph(type, to: type, Quantization(scale: 0.25, zeroPoint: 3)),
      graph(type, to: type, Quantization(scale: 0.5, zeroPoint: 100)),
      // The same scale and zero point, but half of the numbers do not fit.
      graph(type, to: other),
    ].map(\.graph)
    for graph in graphs {
      #expect(try PlannedGraph(graph).steps == ["DEQUANTIZE QUANTIZE", "MAX_POOL_2D"])
      try expectUnchanged(graph)
    }
  }

  /// Elements behind the last whole block are rounded otherwise, and blocks of int16 are shorter.
  @Test(arguments: [8, 23, 24, 40])
  func aDetourByInt16Stays(_ count: Int) throws {
    var builder = GraphBuilder()
    let x = builder.input("x", [count], .int8, quantization: Quantization(scale: 0.5, zeroPoint: 0))
    let whole = Quantization(scale: 1, zeroPoint: 0)
    let real = builder.node(.dequantize, [x], "real")
    let wide = builder.value("wide", [count], .int16, quantization: whole)
    builder.node(.quantize, [real], to: [wide])
    let narrow = builder.value("narrow", [count], .int8, quantization: whole)
    builder.node(.quantize, [wide], to: [narrow])
    builder.output(narrow)
    try expectUnchanged(builder.graph)
  }

  @Test func theRealNumbersMayHaveOtherReaders() throws {
    var (graph, real, _) = graph(.uint8)
    graph.values.append(Value(name: "score", elementType: .float32, shape: []))
    let score = ValueID(graph.values.count - 1)
    graph.nodes.append(
      Node(operation: .unary(Unary(kind: .logistic)), inputs: [real], outputs: [score]))
    graph.outputs.append(score)
    #expect(try PlannedGraph(graph).steps == ["DEQUANTIZE", "MAX_POOL_2D", "LOGISTIC"])
    try expectUnchanged(graph)
  }

  @Test func aPairOfAPairGoesToo() throws {
    var (graph, _, again) = graph(.int8)
    for (name, type) in [("real 2", ElementType.float32), ("again 2", .int8)] {
      graph.values.append(
        Value(
          name: name, elementType: type, shape: [1, 4, 4, 6],
          quantization: type == .int8 ? Self.first : nil))
    }
    let (real, last) = (ValueID(graph.values.count - 2), ValueID(graph.values.count - 1))
    graph.nodes[2].inputs = [last]
    graph.nodes.insert(
      contentsOf: [
        Node(operation: .dequantize, inputs: [again], outputs: [real]),
        Node(operation: .quantize, inputs: [real], outputs: [last]),
      ], at: 2)
    #expect(try PlannedGraph(graph).steps == ["MAX_POOL_2D"])
    try expectUnchanged(graph)
  }

  /// The numbers are those before the variable was written.
  @Test func aVariableMayChangeInBetween() throws {
    var builder = GraphBuilder()
    let quantization = Self.first
    let x = builder.input("x", [8], .int8, quantization: quantization)
    let state = builder.value("state", [8], .int8, quantization: quantization, isVariable: true)
    let real = builder.node(.dequantize, [state], "real")
    let again = builder.value("again", [8], .int8, quantization: quantization)
    builder.node(.quantize, [real], to: [again])
    builder.node(.reshape(Reshape(shape: [8])), [x], to: [state])
    let joined = builder.value("joined", [16], .int8, quantization: quantization)
    builder.node(.concatenation(Concatenation(axis: 0)), [again, state], to: [joined])
    builder.output(joined)
    #expect(try PlannedGraph(builder.graph).steps.contains("QUANTIZE"))
    try expectUnchanged(builder.graph)
  }
}
