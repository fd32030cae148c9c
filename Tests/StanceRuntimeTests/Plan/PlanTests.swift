import StanceGraph
import StanceTensors
import Testing

@testable import StanceRuntime

/// What a plan does to a graph changes no result.
@Suite struct PlanTests {
  /// A small network of floats with all that is fused, shared or left out: PAD, convolution, RELU,
  /// depthwise and pointwise convolution, a sum with the part before, PRELU, reshaping, joining.
  static func network() -> Graph {
    var builder = GraphBuilder()
    var seed: UInt32 = 1
    func floats(_ name: String, _ shape: Shape) -> ValueID {
      let elements = (0..<shape.elementCount).map { _ -> Float in
        seed = seed &* 1_664_525 &+ 1_013_904_223
        return Float(seed >> 8) / Float(1 << 24) - 0.5
      }
      return builder.constant(name, elements, shape)
    }
    let x = builder.input("x", [1, 9, 11, 3])
    let amounts = builder.integers([0, 0, 1, 0, 2, 1, 0, 0], [4, 2])
    let padded = builder.node(.pad(Pad(hasConstant: false)), [x, amounts], "padded")
    let first = builder.node(
      .convolution(Convolution(padding: .valid, strides: Steps(height: 2, width: 2))),
      [padded, floats("w1", [20, 3, 3, 3]), floats("b1", [20])], "first")
    let rectified = builder.node(.unary(Unary(kind: .relu)), [first], "rectified")
    let deep = builder.node(
      .depthwiseConvolution(
        DepthwiseConvolution(
          depthMultiplier: 1, window: Convolution(padding: .same, activation: .relu6))),
      [rectified, floats("w2", [1, 3, 3, 20]), floats("b2", [20])], "deep")
    let point = builder.node(
      .convolution(Convolution(padding: .same)),
      [deep, floats("w3", [20, 1, 1, 20]), floats("b3", [20])], "point")
    let sum = builder.node(.binary(Binary(kind: .add)), [rectified, point], "sum")
    let sloped = builder.node(.parametricReLU, [sum, floats("slopes", [1, 1, 20])], "sloped")
    let swish = builder.node(.unary(Unary(kind: .hardSwish)), [rectified], "swish")
    let rows = [sloped, swish].enumerated().map { index, id in
      builder.node(
        .reshape(Reshape(shape: [1, -1, 4])), [id], "rows \(index)")
    }
    let joined = builder.node(
      .concatenation(Concatenation(axis: 1)), [rows[0], rows[1]], "joined")
    let scores = builder.node(.unary(Unary(kind: .logistic)), [joined], "scores")
    builder.output(scores, sum)
    return builder.graph
  }

  private static func input(_ seed: Int) throws -> Tensor {
    try Tensor(
      (0..<9 * 11 * 3).map { Float(($0 * 7919 + seed * 31) % 201) / 100 - 1 },
      shape: [1, 9, 11, 3])
  }

  private static func results(
    _ options: EngineOptions, threads: Int = 1, runs: Int = 2
  ) throws -> [Tensor] {
    let interpreter = Interpreter(
      try CompiledGraph(network(), options: options), threads: threads)
    try interpreter.allocateTensors()
    return try (0..<runs).flatMap { run in
      try interpreter.setInput(input(run), at: 0)
      try interpreter.invoke()
      return try interpreter.outputs.indices.map { try interpreter.output(at: $0) }
    }
  }

  private static let engines: [Engine] =
    [.reference] + InstructionSet.available.map { .fast(InstructionSet.available(upTo: $0)) }

  @Test(arguments: engines)
  func plannedMemoryGivesTheSameBits(_ engine: Engine) throws {
    let planned = try Self.results(EngineOptions(engine: engine))
    let unplanned = try Self.results(EngineOptions(engine: engine, plansMemory: false))
    #expect(planned.count == 4 && planned[0].shape.elementCount > 200)
    #expect(planned == unplanned)
  }

  @Test(arguments: engines, [2, 3, 5])
  func anyNumberOfThreadsGivesTheSameBits(_ engine: Engine, threads: Int) throws {
    let options = EngineOptions(engine: engine)
    #expect(try Self.results(options) == Self.results(options, threads: threads))
  }

  @Test(arguments: engines)
  func fusedOperatorsGiveTheSameResults(_ engine: Engine) throws {
    let expected = try Self.results(EngineOptions(engine: .reference))
    for fuses in [false, true] {
      let actual = try Self.results(EngineOptions(engine: engine, fusesOperators: fuses))
      #expect(actual.count == expected.count)
      for (actual, expected) in zip(actual, expected) {
        #expect(actual.shape == expected.shape)
        let pairs = zip(try actual.realElements(), try expected.realElements())
        #expect(pairs.allSatisfy { abs($0.0 - $0.1) <= 1e-5 })
      }
    }
  }

  @Test func whatCanBeFusedOrSharedIsNoStep() throws {
    let compiled = try CompiledGraph(
      Self.network(), options: EngineOptions(engine: .fast(InstructionSet.available)))
    let plan = try compiled.plan(inputs: [[1, 9, 11, 3]])
    // The first convolution, the separable one with its sum, PRELU, HARD_SWISH, LOGISTIC.
    #expect(plan.steps.count == 5)
    let all = plan.steps.allSatisfy { step in
      if case .prepared = step.action { true } else { false }
    }
    #expect(all)
    let unplanned = try CompiledGraph(
      Self.network(), options: EngineOptions(engine: .reference, plansMemory: false)
    ).plan(inputs: [[1, 9, 11, 3]])
    #expect(plan.arenaByteCount < unplanned.arenaByteCount)
    #expect(try compiled.arenaByteCount() == plan.arenaByteCount)
  }

  @Test func interpretersShareOnePlan() throws {
    let compiled = try CompiledGraph(Self.network())
    let plan = try compiled.plan(inputs: [[1, 9, 11, 3]])
    #expect(try compiled.plan(inputs: [[1, 9, 11, 3]]) === plan)
    #expect(try compiled.plan(inputs: [[1, 13, 11, 3]]) !== plan)
  }

  @Test func anInputKeepsItsElements() throws {
    let interpreter = Interpreter(try CompiledGraph(Self.network()))
    try interpreter.allocateTensors()
    try interpreter.setInput(Self.input(5), at: 0)
    try interpreter.invoke()
    let first = try interpreter.output(at: 0)
    try interpreter.invoke()
    #expect(try interpreter.output(at: 0) == first)
  }

  @Test func aFailureOfOneThreadEndsAll() throws {
    var builder = GraphBuilder()
    let x = builder.input("x", [4])
    let limits = [builder.input("start", []), builder.input("limit", []), builder.input("d", [])]
    let positive = builder.node(.unary(Unary(kind: .relu)), [x], "positive")
    let range = builder.node(.range, limits, "range")
    let again = builder.node(.unary(Unary(kind: .relu6)), [positive], "again")
    builder.output(range, again)
    let interpreter = try Interpreter(graph: builder.graph, threads: 3)
    try interpreter.allocateTensors()
    for _ in 0..<50 {
      try interpreter.setInput(Tensor([0 as Float], shape: []), named: "d")
      expect(.operatorFailed, "operator 1 (RANGE)") { try interpreter.invoke() }
      try interpreter.setInput(Tensor([1 as Float], shape: []), named: "d")
      try interpreter.setInput(Tensor([2 as Float], shape: []), named: "limit")
      try interpreter.setInput(.floats([-1, 2, 9, 3]), at: 0)
      try interpreter.invoke()
      #expect(try interpreter.output(at: 1) == .floats([0, 2, 6, 3]))
    }
  }
}
