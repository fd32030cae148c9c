import StanceGraph
import StanceTensors
import Testing

@testable import StanceRuntime

/// Plans whose networks are computed with bfloat16.
@Suite struct BFloat16PlanTests {
  /// A convolution, a separable one with a sum, a resized part, a logistic function, which has no
  /// kernel for bfloat16, and outputs.
  private static func network() -> (graph: Graph, inner: [ValueID], outer: [ValueID]) {
    var builder = GraphBuilder()
    var generator = NumberSequence()
    func floats(_ name: String, _ shape: Shape) -> ValueID {
      builder.constant(name, generator.floats(shape.elementCount), shape)
    }
    let x = builder.input("x", [1, 12, 10, 3])
    let first = builder.node(
      .convolution(
        Convolution(
          padding: .same, strides: Steps(height: 2, width: 2), activation: .relu6)),
      [x, floats("w1", [24, 3, 3, 3]), floats("b1", [24])], "first")
    let deep = builder.node(
      .depthwiseConvolution(
        DepthwiseConvolution(
          depthMultiplier: 1, window: Convolution(padding: .same, activation: .relu6))),
      [first, floats("w2", [1, 3, 3, 24]), floats("b2", [24])], "deep")
    let point = builder.node(
      .convolution(Convolution(padding: .same)),
      [deep, floats("w3", [24, 1, 1, 24]), floats("b3", [24])], "point")
    let sum = builder.node(.binary(Binary(kind: .add)), [first, point], "sum")
    let size = builder.integers([12, 10])
    let resized = builder.node(
      .resize(Resize(kind: .bilinear, alignsCorners: false, usesHalfPixelCenters: true)),
      [sum, size], "resized")
    let head = builder.node(
      .convolution(Convolution(padding: .same)),
      [resized, floats("w4", [5, 1, 1, 24]), floats("b4", [5])], "head")
    let scores = builder.node(.unary(Unary(kind: .logistic)), [head], "scores")
    let other = builder.node(
      .convolution(Convolution(padding: .same)),
      [sum, floats("w5", [7, 1, 1, 24]), floats("b5", [7])], "other")
    builder.output(scores, other)
    return (builder.graph, [first, sum, resized], [x, head, scores, other])
  }

  /// The same numbers in every run.
  private struct NumberSequence {
    private var seed: UInt32 = 7

    mutating func floats(_ count: Int) -> [Float] {
      (0..<count).map { _ in
        seed = seed &* 1_664_525 &+ 1_013_904_223
        return Float(seed >> 8) / Float(1 << 24) - 0.5
      }
    }
  }

  private static let engines: [Engine] = InstructionSet.withBFloat16Kernels
    .filter(InstructionSet.available.contains)
    .map { .fast(InstructionSet.available(upTo: $0)) }

  private static func results(_ options: EngineOptions, threads: Int = 1) throws -> [Tensor] {
    let interpreter = Interpreter(
      try CompiledGraph(network().graph, options: options), threads: threads)
    try interpreter.allocateTensors()
    let picture = (0..<360).map { index -> Float in Float(index * 7919 % 201) / 100 - 1 }
    try interpreter.setInput(try Tensor(picture, shape: [1, 12, 10, 3]), at: 0)
    try interpreter.invoke()
    return try interpreter.outputs.indices.map { try interpreter.output(at: $0) }
  }

  @Test(arguments: engines)
  func onlyWhatLiesBetweenIsStoredSo(_ engine: Engine) throws {
    let network = Self.network()
    for (precision, inner) in [
      (FloatPrecision.float32, ElementType.float32), (.bfloat16, .bfloat16),
    ] {
      let compiled = try CompiledGraph(
        network.graph, options: EngineOptions(engine: engine, precision: precision))
      let plan = try compiled.plan(inputs: [[1, 12, 10, 3]])
      #expect(network.inner.allSatisfy { plan.storage[$0.index] == inner })
      #expect(network.outer.allSatisfy { plan.storage[$0.index] == .float32 })
    }
  }

  @Test(arguments: engines)
  func memoryAndThreadsChangeNoBits(_ engine: Engine) throws {
    let expected = try Self.results(EngineOptions(engine: engine, precision: .bfloat16))
    #expect(expected.count == 2)
    let unplanned = EngineOptions(engine: engine, precision: .bfloat16, plansMemory: false)
    #expect(try Self.results(unplanned) == expected)
    for threads in 2...3 {
      let options = EngineOptions(engine: engine, precision: .bfloat16)
      #expect(try Self.results(options, threads: threads) == expected)
    }
  }

  @Test(arguments: engines)
  func resultsAreNearThoseOfFloats(_ engine: Engine) throws {
    let expected = try Self.results(EngineOptions(engine: .reference, precision: .bfloat16))
    for fuses in [true, false] {
      let options = EngineOptions(engine: engine, precision: .bfloat16, fusesOperators: fuses)
      for (actual, expected) in zip(try Self.results(options), expected) {
        let pairs = Array(zip(try actual.realElements(), try expected.realElements()))
        let largest = pairs.map { abs($0.1) }.max() ?? 0
        let worst = pairs.map { abs($0.0 - $0.1) }.max() ?? .infinity
        #expect(worst <= 0.02 * largest && worst > 0, "\(worst) of \(largest)")
      }
    }
  }

  @Test func autoIsBFloat16WhereThereAreInstructionsForIt() throws {
    for (engine, isFast) in [
      (Engine.reference, false), (.fast([.scalar]), false), (.fast([.scalar, .avx512]), false),
      (.fast([.scalar, .avx512, .avx512BF16]), true),
    ] {
      #expect(FloatPrecision.isFast(engine) == isFast)
      let compiled = try CompiledGraph(
        Self.network().graph, options: EngineOptions(engine: engine, precision: .auto))
      #expect(compiled.precision == (isFast ? .bfloat16 : .float32))
    }
  }
}
