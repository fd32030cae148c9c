import StanceGraph
import StanceTensors
import Testing

@testable import StanceRuntime

/// Activations and sums become part of the layer before, and depthwise convolutions part of the
/// pointwise one behind.
@Suite struct LayerFusionTests {
  private static let shape: Shape = [1, 7, 6, 5]

  /// A layer of a picture, and what `follow` makes of its result.
  private func graph(
    isDepthwise: Bool = false, _ activation: Activation = .none,
    _ follow: (inout GraphBuilder, _ x: ValueID, _ layer: ValueID) throws -> ValueID
  ) throws -> (graph: Graph, layer: ValueID) {
    var builder = GraphBuilder()
    let x = builder.picture(Self.shape)
    let window = Convolution(padding: .same, activation: activation)
    let layer =
      isDepthwise
      ? try builder.depthwise(x, depth: 5, window)
      : try builder.convolution(x, from: 5, to: 5, kernel: 3, window)
    builder.output(try follow(&builder, x, layer))
    return (builder.graph, layer)
  }

  /// Expects that the layer does `operators` too, and does not where its own result is shown.
  private func expectFused(
    _ graph: Graph, _ layer: ValueID, as step: String, isDepthwise: Bool = false
  ) throws {
    let planned = try PlannedGraph(graph)
    #expect(planned.steps == ["\(isDepthwise ? "DEPTHWISE_CONV_2D" : "CONV_2D") \(step)"])
    #expect(planned.offset(layer) == nil)
    let apart = try PlannedGraph(graph, EngineOptions(engine: .best, fusesOperators: false))
    #expect(apart.steps.count == planned.steps[0].split(separator: " ").count)
    let shown = graph.showing(layer)
    #expect(try PlannedGraph(shown).steps.count > 1)
    try expectSameFirstOutput(graph, shown)
    try expectUnchanged(graph)
    try expectUnchanged(shown)
  }

  @Test(arguments: [Unary.Kind.relu, .relu6, .reluN1To1, .hardSwish], [false, true])
  func activations(_ kind: Unary.Kind, isDepthwise: Bool) throws {
    let (graph, layer) = try graph(isDepthwise: isDepthwise) { $0.unary(kind, $2) }
    try expectFused(
      graph, layer, as: Operation.unary(Unary(kind: kind)).name, isDepthwise: isDepthwise)
  }

  @Test(arguments: [false, true])
  func slopesOfChannels(isDepthwise: Bool) throws {
    let (graph, layer) = try graph(isDepthwise: isDepthwise) { builder, _, layer in
      let slopes = try builder.random([1, 1, 5])
      return builder.layer(.parametricReLU, [layer, slopes], .float32)
    }
    try expectFused(graph, layer, as: "PRELU", isDepthwise: isDepthwise)
  }

  @Test func sums() throws {
    let plain = try graph { builder, x, layer in builder.sum(x, layer) }
    try expectFused(plain.graph, plain.layer, as: "ADD")
    let clamped = try graph { builder, x, layer in builder.sum(layer, x, .relu6) }
    try expectFused(clamped.graph, clamped.layer, as: "ADD")
    let between = try graph { builder, x, layer in
      let rectified = builder.unary(.relu, layer)
      return builder.unary(.hardSwish, builder.sum(rectified, x))
    }
    try expectFused(between.graph, between.layer, as: "RELU ADD HARD_SWISH")
  }

  @Test func aSumOfTwoLayersIsOneLayersAlone() throws {
    let (graph, _) = try graph { builder, x, layer in
      let other = try builder.convolution(x, from: 5, to: 5)
      return builder.unary(.relu, builder.sum(layer, other))
    }
    let steps = try PlannedGraph(graph).steps
    #expect(steps.sorted() == ["CONV_2D", "CONV_2D ADD RELU"])
    try expectUnchanged(graph)
  }

  /// Steps that a convolution cannot take in, one for each reason.
  @Test func whatDoesNotFitStaysApart() throws {
    let logistic = try graph { $0.unary(.logistic, $2) }.graph
    #expect(try PlannedGraph(logistic).steps == ["CONV_2D", "LOGISTIC"])
    // Two activations, one after the other.
    let twice = try graph(.relu) { $0.unary(.hardSwish, $2) }.graph
    #expect(try PlannedGraph(twice).steps == ["CONV_2D", "HARD_SWISH"])
    let doubled = try graph { builder, _, layer in builder.sum(layer, layer) }.graph
    #expect(try PlannedGraph(doubled).steps == ["CONV_2D", "ADD"])
    let shifted = try graph { builder, _, layer in
      builder.sum(layer, try builder.random([1, 1, 1, 5]))
    }.graph
    #expect(try PlannedGraph(shifted).steps == ["CONV_2D", "ADD"])
    // Along rows, slopes are none of channels.
    let sloped = try graph { builder, _, layer in
      builder.layer(.parametricReLU, [layer, try builder.random([7, 6, 5])], .float32)
    }.graph
    #expect(try PlannedGraph(sloped).steps == ["CONV_2D", "PRELU"])
    let readTwice = try graph { builder, _, layer in
      let (a, b) = (builder.unary(.relu, layer), builder.unary(.logistic, layer))
      return builder.layer(.binary(Binary(kind: .multiply)), [a, b], .float32)
    }.graph
    #expect(try PlannedGraph(readTwice).steps == ["CONV_2D", "RELU", "LOGISTIC", "MUL"])
    for graph in [logistic, twice, doubled, shifted, sloped, readTwice] {
      try expectUnchanged(graph)
    }
  }

  /// The layer would otherwise run when the variable that it reads is another.
  @Test(arguments: [false, true])
  func aLayerOfAVariableRunsInItsPlace(isAddend: Bool) throws {
    var builder = GraphBuilder()
    let x = builder.picture(Self.shape)
    let state = builder.value("state", Self.shape, isVariable: true)
    var layer = try builder.convolution(isAddend ? x : state, from: 5, to: 5, kernel: 3)
    if isAddend { layer = builder.sum(layer, state) }
    builder.node(.unary(Unary(kind: .negate)), [x], to: [state])
    builder.output(builder.unary(.relu, layer))
    try expectUnchanged(builder.graph)
  }

  @Test func aSeparableLayerOfAVariableRunsInItsPlace() throws {
    var builder = GraphBuilder()
    let x = builder.picture(Self.shape)
    let state = builder.value("state", Self.shape, isVariable: true)
    let between = try builder.depthwise(state, depth: 5)
    builder.node(.unary(Unary(kind: .negate)), [x], to: [state])
    builder.output(try builder.convolution(between, from: 5, to: 8))
    try expectUnchanged(builder.graph)
  }

  /// Depthwise, pointwise, and what the pointwise one takes in.
  private func separable(kernel: Int = 1) throws -> (graph: Graph, between: ValueID) {
    var builder = GraphBuilder()
    let x = builder.picture([1, 9, 8, 20])
    let window = Convolution(padding: .same, activation: .relu6)
    let between = try builder.depthwise(x, depth: 20, window)
    let point = try builder.convolution(between, from: 20, to: 20, kernel: kernel)
    builder.output(builder.sum(x, point))
    return (builder.graph, between)
  }

  @Test func depthwiseAndPointwiseAreOne() throws {
    let (graph, between) = try separable()
    let planned = try PlannedGraph(graph)
    #expect(planned.steps == ["DEPTHWISE_CONV_2D CONV_2D ADD"])
    #expect(planned.offset(between) == nil)
    let shown = graph.showing(between)
    #expect(try PlannedGraph(shown).steps == ["DEPTHWISE_CONV_2D", "CONV_2D ADD"])
    try expectSameFirstOutput(graph, shown)
    try expectUnchanged(graph)
    try expectUnchanged(shown)
  }

  /// What is too large for the second-level cache is taken in, with the separable layer behind it.
  @Test func largeConvolutionsAreOneWithWhatFollows() throws {
    func graph(_ height: Int) throws -> (graph: Graph, first: ValueID) {
      var builder = GraphBuilder()
      let x = builder.picture([1, height, 83, 3])
      let first = builder.unary(
        .relu, try builder.convolution(x, from: 3, to: 40, kernel: 3))
      let between = try builder.depthwise(first, depth: 40, Convolution(padding: .same))
      builder.output(try builder.convolution(between, from: 40, to: 3))
      return (builder.graph, first)
    }
    let (large, first) = try graph(41)
    let planned = try PlannedGraph(large)
    #expect(planned.steps == ["CONV_2D RELU DEPTHWISE_CONV_2D CONV_2D"])
    #expect(planned.offset(first) == nil)
    let shown = large.showing(first)
    #expect(try PlannedGraph(shown).steps == ["CONV_2D RELU", "DEPTHWISE_CONV_2D CONV_2D"])
    try expectSameFirstOutput(large, shown)
    try expectUnchanged(large)
    let small = try graph(7).graph
    #expect(try PlannedGraph(small).steps == ["CONV_2D RELU", "DEPTHWISE_CONV_2D CONV_2D"])
  }

  @Test func widerConvolutionsStayApart() throws {
    let (graph, _) = try separable(kernel: 3)
    #expect(try PlannedGraph(graph).steps == ["DEPTHWISE_CONV_2D", "CONV_2D ADD"])
    try expectUnchanged(graph)
  }

  /// Quantised layers round between two steps, so that nothing may be left out.
  @Test(arguments: [ElementType.uint8, .int8])
  func quantizedLayersRoundInBetween(_ type: ElementType) throws {
    var builder = GraphBuilder()
    let x = builder.picture([1, 9, 8, 20], type)
    let between = try builder.depthwise(x, depth: 20, Convolution(padding: .same))
    let point = try builder.convolution(between, from: 20, to: 20, isPerAxis: type == .int8)
    builder.output(builder.sum(x, builder.unary(.relu, point), .relu6))
    try expectUnchanged(builder.graph)
    try expectSameFirstOutput(builder.graph, builder.graph.showing(between, point))
  }
}
