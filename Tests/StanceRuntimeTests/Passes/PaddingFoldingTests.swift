import StanceGraph
import StanceTensors
import Testing

@testable import StanceRuntime

/// PAD becomes part of the convolutions behind it and changes no bit.
@Suite struct PaddingFoldingTests {
  static let types: [ElementType] = [.float32, .uint8, .int8]

  /// PAD and a convolution of 3x3, for both kinds.
  private func graph(
    _ type: ElementType, isDepthwise: Bool, amounts: [Int32] = [0, 0, 1, 2, 3, 1, 0, 0],
    padding: Padding = .valid, strides: Steps = Steps(height: 2, width: 1), isPerAxis: Bool = false
  ) throws -> (graph: Graph, padded: ValueID) {
    var builder = GraphBuilder()
    let padded = builder.padded(builder.picture([1, 7, 6, 5], type), by: amounts)
    let depth = 5 + Int(amounts[6] + amounts[7])
    let window = Convolution(padding: padding, strides: strides)
    builder.output(
      isDepthwise
        ? try builder.depthwise(padded, depth: depth, window, isPerAxis: isPerAxis)
        : try builder.convolution(
          padded, from: depth, to: 9, kernel: 3, window, isPerAxis: isPerAxis))
    return (builder.graph, padded)
  }

  @Test(arguments: types, [false, true])
  func thePaddingIsNoStep(_ type: ElementType, isDepthwise: Bool) throws {
    for isPerAxis in type == .int8 ? [false, true] : [false] {
      let (graph, padded) = try graph(type, isDepthwise: isDepthwise, isPerAxis: isPerAxis)
      let planned = try PlannedGraph(graph)
      #expect(planned.steps == [isDepthwise ? "DEPTHWISE_CONV_2D" : "CONV_2D"])
      #expect(planned.offset(padded) == nil)
      // Shown, it stays, and the convolution reads it.
      let shown = graph.showing(padded)
      #expect(try PlannedGraph(shown).steps.first == "PAD")
      try expectSameFirstOutput(graph, shown)
      try expectUnchanged(graph)
      try expectUnchanged(shown)
    }
  }

  @Test(arguments: types)
  func whatIsNeededStays(_ type: ElementType) throws {
    let inChannels = try graph(type, isDepthwise: false, amounts: [0, 0, 1, 1, 1, 1, 1, 0]).graph
    let inBatches = try graph(type, isDepthwise: false, amounts: [1, 0, 1, 1, 1, 1, 0, 0]).graph
    let beforeSame = try graph(type, isDepthwise: true, padding: .same).graph
    for graph in [inChannels, inBatches, beforeSame] {
      #expect(try PlannedGraph(graph).steps.first == "PAD")
      try expectUnchanged(graph)
    }
  }

  @Test func severalConvolutionsTakeOnePadding() throws {
    var builder = GraphBuilder()
    let padded = builder.padded(builder.picture([1, 5, 6, 4]), by: [0, 0, 1, 1, 1, 1, 0, 0])
    let valid = Convolution(padding: .valid)
    let a = try builder.convolution(padded, from: 4, to: 4, kernel: 3, valid)
    let b = try builder.depthwise(padded, depth: 4, valid)
    builder.output(a, b)
    #expect(try PlannedGraph(builder.graph).steps == ["CONV_2D", "DEPTHWISE_CONV_2D"])
    try expectUnchanged(builder.graph)
    // A third reader that is none keeps it.
    builder.output(builder.unary(.logistic, padded))
    #expect(try PlannedGraph(builder.graph).steps.contains("PAD"))
    try expectUnchanged(builder.graph)
  }

  @Test func paddingWithAnythingButZeroStays() throws {
    var builder = GraphBuilder()
    let x = builder.picture([1, 5, 6, 4])
    let amounts = builder.integers([0, 0, 1, 1, 1, 1, 0, 0], [4, 2])
    let seven = builder.constant("seven", [7 as Float], [])
    let padded = builder.node(.pad(Pad(hasConstant: true)), [x, amounts, seven], "padded")
    builder.output(
      try builder.convolution(padded, from: 4, to: 4, kernel: 3, Convolution(padding: .valid)))
    #expect(try PlannedGraph(builder.graph).steps == ["PADV2", "CONV_2D"])
    try expectUnchanged(builder.graph)
  }

  /// The variable may be written between the two.
  @Test func aPaddedVariableStays() throws {
    var builder = GraphBuilder()
    let x = builder.picture([1, 5, 6, 4])
    let state = builder.value("state", [1, 5, 6, 4], isVariable: true)
    let padded = builder.padded(state, by: [0, 0, 1, 1, 1, 1, 0, 0])
    builder.node(.unary(Unary(kind: .negate)), [x], to: [state])
    builder.output(
      try builder.convolution(padded, from: 4, to: 4, kernel: 3, Convolution(padding: .valid)))
    #expect(try PlannedGraph(builder.graph).steps == ["PAD", "NEG", "CONV_2D"])
    try expectUnchanged(builder.graph)
  }
}
