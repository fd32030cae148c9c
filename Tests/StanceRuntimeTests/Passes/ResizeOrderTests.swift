import StanceGraph
import StanceTensors
import Testing

@testable import StanceRuntime

/// A pointwise convolution of floats behind a resize that enlarges is done before it.
@Suite struct ResizeOrderTests {
  private struct Case {
    var kind = Resize.Kind.bilinear
    var sizes: [Int32] = [9, 13]
    var type = ElementType.float32
    var columns = 5
    var kernel = 1
    var window = Convolution(padding: .same)
    var halfPixels = false
  }

  private func graph(_ of: Case = Case()) throws -> (graph: Graph, resized: ValueID) {
    var builder = GraphBuilder()
    let x = builder.unary(.relu, builder.picture([1, 4, 6, 7], of.type))
    let resized = builder.value(
      "resized", [1, Int(of.sizes[0]), Int(of.sizes[1]), 7], of.type,
      quantization: builder.graph[x].quantization)
    builder.node(
      .resize(Resize(kind: of.kind, usesHalfPixelCenters: of.halfPixels)),
      [x, builder.integers(of.sizes)], to: [resized])
    let y = try builder.convolution(
      resized, from: 7, to: of.columns, kernel: of.kernel, of.window)
    builder.graph[y].shape = [1, Int(of.sizes[0]), Int(of.sizes[1]), of.columns]
    builder.graph[x].shape = [1, 4, 6, 7]
    builder.output(builder.sum(y, y))
    return (builder.graph, resized)
  }

  @Test(arguments: [Resize.Kind.bilinear, .nearest], [Activation.none, .relu6])
  func theConvolutionIsFirst(_ kind: Resize.Kind, _ activation: Activation) throws {
    for (padding, halfPixels) in [(Padding.same, false), (.valid, true)] {
      let (graph, resized) = try graph(
        Case(
          kind: kind, window: Convolution(padding: padding, activation: activation),
          halfPixels: halfPixels))
      let resize = Operation.resize(Resize(kind: kind)).name
      let planned = try PlannedGraph(graph)
      #expect(
        planned.steps
          == ["RELU", "CONV_2D", resize] + (activation == .relu6 ? ["RELU6"] : []) + ["ADD"])
      #expect(planned.plan.shapes[resized.index] == [1, 4, 6, 5])
      try expectUnchanged(graph)
      // Shown, the picture is resized first.
      let shown = graph.showing(resized)
      #expect(try Array(PlannedGraph(shown).steps.prefix(3)) == ["RELU", resize, "CONV_2D"])
      let outputs = try [graph, shown].map { try PlannedGraph($0).outputs() }
      #expect(try outputs[0][0].agrees(with: outputs[1][0], tolerance: 1e-5))
    }
  }

  @Test func whatGainsNothingStays() throws {
    let cases = [
      Case(sizes: [4, 6]), Case(sizes: [3, 2]), Case(columns: 8), Case(kernel: 3),
      Case(window: Convolution(padding: .same, strides: Steps(height: 2, width: 1))),
      Case(type: .uint8),
    ]
    for stays in cases {
      let graph = try graph(stays).graph
      let names = graph.simplified.nodes.map(\.operation.name)
      #expect(names[1] == "RESIZE_BILINEAR" && names[2] == "CONV_2D", "\(stays)")
      try expectUnchanged(graph)
    }
  }

  @Test func sparseWeightsAreThereInTime() throws {
    var builder = GraphBuilder()
    let x = builder.picture([1, 3, 3, 8])
    let resized = builder.value("resized", [1, 6, 6, 8])
    builder.node(
      .resize(Resize(kind: .bilinear)), [x, builder.integers([6, 6])], to: [resized])
    let kept = (0..<32).map { $0 % 3 == 0 ? Float($0) / 32 : 0 }
    let weights = builder.sparse("weights", kept, [4, 1, 1, 8])
    builder.graph[weights].shape = [4, 1, 1, 8]
    let y = builder.value("y", [1, 6, 6, 4])
    builder.node(.convolution(Convolution(padding: .valid)), [resized, weights, nil], to: [y])
    builder.output(y)
    #expect(try PlannedGraph(builder.graph).steps == ["CONV_2D", "RESIZE_BILINEAR"])
    try expectUnchanged(builder.graph)
  }
}
