import StanceGraph
import StanceTensors
import Testing

@testable import StanceRuntime

/// Joining and reshaping move nothing where values can be written where they belong.
@Suite struct SharedMemoryTests {
  private func joined(
    _ builder: inout GraphBuilder, _ parts: [ValueID], axis: Int,
    _ activation: Activation = .none
  ) -> ValueID {
    builder.layer(
      .concatenation(Concatenation(axis: axis, activation: activation)), parts,
      builder.graph[parts[0]].elementType)
  }

  /// Two functions of a picture, joined, and a function of all.
  private func graph(
    axis: Int = 1, _ activation: Activation = .none,
    parts: (inout GraphBuilder, _ x: ValueID) throws -> [ValueID] = {
      [$0.unary(.relu, $1), $0.unary(.negate, $1)]
    }
  ) throws -> (graph: Graph, parts: [ValueID], result: ValueID) {
    var builder = GraphBuilder()
    let x = builder.picture([1, 5, 4, 3])
    let parts = try parts(&builder, x)
    let result = joined(&builder, parts, axis: axis, activation)
    builder.output(builder.unary(.logistic, result))
    return (builder.graph, parts, result)
  }

  @Test func partsLieOneBehindTheOther() throws {
    let (graph, parts, result) = try graph()
    let planned = try PlannedGraph(graph)
    #expect(planned.steps == ["RELU", "NEG", "LOGISTIC"])
    let begin = try #require(planned.offset(result))
    #expect(planned.offset(parts[0]) == begin)
    #expect(planned.offset(parts[1]) == begin + 5 * 4 * 3 * 4)
    try expectUnchanged(graph)
    let apart = try PlannedGraph(graph, EngineOptions(engine: .best, plansMemory: false))
    #expect(apart.steps == ["RELU", "NEG", "CONCATENATION", "LOGISTIC"])
    #expect(Set(([result] + parts).map { apart.offset($0) }).count == 3)
    // Parts and the whole may be outputs as well.
    let shown = graph.showing(parts[0], result, parts[1])
    #expect(try PlannedGraph(shown).steps.count == 3)
    try expectUnchanged(shown)
  }

  @Test func whatIsJoinedTwiceIsWrittenOnce() throws {
    let (graph, parts, result) = try graph { builder, x in
      let inner = [builder.unary(.relu, x), builder.unary(.negate, x)]
      let joined = builder.layer(.concatenation(Concatenation(axis: -3)), inner, .float32)
      return [builder.unary(.hardSwish, x), joined]
    }
    let planned = try PlannedGraph(graph)
    #expect(planned.steps == ["RELU", "NEG", "HARD_SWISH", "LOGISTIC"])
    let begin = try #require(planned.offset(result))
    #expect(planned.offset(parts[1]) == begin + 5 * 4 * 3 * 4)
    try expectUnchanged(graph)
  }

  /// Parts that must be copied, one for each reason.
  @Test func partsThatLieElsewhereAreCopied() throws {
    let graphs = try [
      // The picture itself, which the caller sets.
      graph { builder, x in [x, builder.unary(.relu, x)] },
      // One value twice.
      graph { builder, x in
        let part = builder.unary(.relu, x)
        return [part, part]
      },
      graph { builder, x in [builder.unary(.relu, x), try builder.random([1, 2, 4, 3])] },
      // A value that lies in another one.
      graph { builder, x in
        let parts = [builder.unary(.relu, x), builder.unary(.negate, x)]
        let other = builder.layer(.concatenation(Concatenation(axis: 1)), parts, .float32)
        return [parts[1], builder.unary(.hardSwish, other)]
      },
      graph(.relu6),
    ].map(\.graph)
    for graph in graphs {
      #expect(try PlannedGraph(graph).steps.contains("CONCATENATION"))
      try expectUnchanged(graph)
    }
  }

  @Test(arguments: [2, 3])
  func inOtherDimensionsNothingChangesEither(axis: Int) throws {
    try expectUnchanged(graph(axis: axis).graph)
    try expectUnchanged(graph(axis: axis, .relu).graph)
  }

  @Test(arguments: [ElementType.uint8, .int8])
  func otherScalesAreCopied(_ type: ElementType) throws {
    for isRescaled in [false, true] {
      var builder = GraphBuilder()
      let x = builder.picture([1, 5, 4, 3], type)
      let parts = [builder.unary(.relu, x), builder.unary(.relu6, x)]
      if isRescaled {
        builder.graph[parts[1]].quantization = Quantization(scale: 0.03, zeroPoint: 11)
      }
      let result = joined(&builder, parts, axis: 1)
      builder.output(result)
      let planned = try PlannedGraph(builder.graph)
      #expect(planned.steps.contains("CONCATENATION") == isRescaled)
      #expect((planned.offset(parts[0]) == planned.offset(result)) == !isRescaled)
      // LiteRT's int8 kernels refuse other scales, ours compute them.
      try expectUnchanged(builder.graph)
    }
  }

  @Test func reshapingIsNoStep() throws {
    var builder = GraphBuilder()
    let first = builder.unary(.relu, builder.picture([1, 5, 4, 3]))
    let rows = builder.layer(.reshape(Reshape(shape: [20, 3])), [first], .float32)
    let wide = builder.layer(.expandDimensions, [rows, builder.integers([0], [])], .float32)
    let flat = builder.layer(.squeeze(Squeeze(axes: [0])), [wide], .float32)
    // The first value is needed until the end.
    builder.output(builder.sum(builder.unary(.logistic, flat), flat), builder.unary(.negate, first))
    let planned = try PlannedGraph(builder.graph)
    #expect(planned.steps == ["RELU", "LOGISTIC", "ADD", "NEG"])
    let begin = try #require(planned.offset(first))
    for id in [rows, wide, flat] { #expect(planned.offset(id) == begin) }
    try expectUnchanged(builder.graph)
    try expectUnchanged(builder.graph.showing(rows, flat))
  }

  /// The caller may set the input before reading the output.
  @Test func aReshapedInputIsCopiedToTheOutput() throws {
    var builder = GraphBuilder()
    let x = builder.picture([2, 3])
    builder.output(builder.layer(.reshape(Reshape(shape: [6])), [x], .float32))
    let planned = try PlannedGraph(builder.graph)
    #expect(planned.steps == ["RESHAPE"])
    let interpreter = Interpreter(planned.compiled)
    try interpreter.allocateTensors()
    try interpreter.setInput(.floats([1, 2, 3, 4, 5, 6], [2, 3]), at: 0)
    try interpreter.invoke()
    try interpreter.setInput(.floats([0, 0, 0, 0, 0, 0], [2, 3]), at: 0)
    #expect(try interpreter.output(at: 0) == .floats([1, 2, 3, 4, 5, 6]))
  }

  /// The reshaped numbers are those before the variable was written.
  @Test func aReshapedVariableIsCopied() throws {
    var builder = GraphBuilder()
    let x = builder.picture([2, 3])
    let state = builder.value("state", [2, 3], isVariable: true)
    let before = builder.layer(.reshape(Reshape(shape: [6])), [state], .float32)
    builder.node(.unary(Unary(kind: .negate)), [x], to: [state])
    builder.output(builder.unary(.absolute, before))
    try expectUnchanged(builder.graph)
  }
}
