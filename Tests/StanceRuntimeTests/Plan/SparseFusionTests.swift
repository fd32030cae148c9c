import StanceGraph
import StanceTensors
import Testing

@testable import StanceRuntime

/// What sparse pointwise convolutions must not be fused with, or not as if it were something else.
@Suite struct SparseFusionTests {
  private static let shape: Shape = [1, 8, 8, 8]
  private static let belowAndRight: [Int32] = [0, 0, 0, 1, 0, 1, 0, 0]

  /// Every fourth weight is not zero.
  private func pointwise(
    _ builder: inout GraphBuilder, _ x: ValueID, from depth: Int, to columns: Int
  ) throws -> ValueID {
    let weights = (0..<columns * depth).map { index -> Float in
      index % 4 == 1 ? Float(index % 9) / 8 - 0.6 : 0
    }
    let filter = builder.sparse(
      "w \(builder.graph.values.count)", weights, [columns, 1, 1, depth])
    let bias = try builder.random([columns])
    return builder.layer(
      .convolution(Convolution(padding: .valid, activation: .relu)), [x, filter, bias], .float32)
  }

  private func expectThePlainKernelsResults(_ graph: Graph) throws {
    let expected = try PlannedGraph(graph, EngineOptions(engine: .reference)).outputs()
    for engine in Engine.fastOnes {
      let planned = try PlannedGraph(graph, EngineOptions(engine: engine))
      for threads in 1...2 {
        let outputs = try planned.outputs(threads: threads)
        #expect(outputs.count == expected.count && expected.count == 2)
        for (actual, expected) in zip(outputs, expected) {
          #expect(try actual.agrees(with: expected, tolerance: 1e-5), "\(engine), \(threads)")
        }
      }
    }
  }

  @Test func whatIsPaddedBelowIsLarger() throws {
    var builder = GraphBuilder()
    let x = builder.picture(Self.shape)
    let padded = builder.padded(x, by: Self.belowAndRight)
    let expansion = try pointwise(&builder, padded, from: 8, to: 36)
    builder.output(try builder.depthwise(expansion, depth: 36))
    try expectThePlainKernelsResults(builder.graph)
  }

  @Test func whatIsPaddedBetweenIsNoWindow() throws {
    var builder = GraphBuilder()
    let x = builder.picture(Self.shape)
    let depthwise = try builder.depthwise(x, depth: 8)
    let padded = builder.padded(depthwise, by: Self.belowAndRight)
    builder.output(try pointwise(&builder, padded, from: 8, to: 20))
    try expectThePlainKernelsResults(builder.graph)
  }

  @Test(arguments: [false, true])
  func aLayerOfAVariableRunsInItsPlace(isExpansion: Bool) throws {
    var builder = GraphBuilder()
    let x = builder.picture(Self.shape)
    let state = builder.value("state", Self.shape, isVariable: true)
    let between =
      isExpansion
      ? try pointwise(&builder, state, from: 8, to: 36) : try builder.depthwise(state, depth: 8)
    builder.node(.unary(Unary(kind: .negate)), [x], to: [state])
    builder.output(
      isExpansion
        ? try builder.depthwise(between, depth: 36)
        : try pointwise(&builder, between, from: 8, to: 20))
    try expectThePlainKernelsResults(builder.graph)
  }
}
