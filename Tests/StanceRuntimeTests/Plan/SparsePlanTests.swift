import StanceGraph
import StanceTensors
import Testing

@testable import StanceRuntime

/// Convolutions whose weights are stored sparse.
@Suite struct SparsePlanTests {
  private static let shape: Shape = [1, 9, 11, 6]

  /// Expansion, depthwise, projection with a sum; then depthwise and projection; then a projection
  /// that is too small to pay; then an expansion and a depthwise one; then a large projection. Every fourth weight is not zero.
  private static func network(isSparse: Bool) -> Graph {
    var builder = GraphBuilder()
    var seed: UInt32 = 1
    func floats(_ count: Int) -> [Float] {
      (0..<count).map { _ in
        seed = seed &* 1_664_525 &+ 1_013_904_223
        return Float(seed >> 8) / Float(1 << 24) - 0.5
      }
    }
    func pointwise(_ x: ValueID, _ columns: Int, _ depth: Int, _ name: String) -> ValueID {
      let elements = floats(columns * depth).map { ($0 * 4096).rounded() }
      let weights = elements.map { Int($0) % 4 == 0 ? $0 / 4096 : 0 }
      let shape: Shape = [columns, 1, 1, depth]
      let filter =
        isSparse
        ? builder.sparse("w \(name)", weights, shape)
        : builder.constant("w \(name)", weights, shape)
      let bias = builder.constant("b \(name)", floats(columns), [columns])
      return builder.node(
        .convolution(Convolution(padding: .same, activation: .relu6)), [x, filter, bias], name)
    }
    func depthwise(_ x: ValueID, _ channels: Int, _ name: String) -> ValueID {
      let filter = builder.constant("w \(name)", floats(9 * channels), [1, 3, 3, channels])
      let bias = builder.constant("b \(name)", floats(channels), [channels])
      return builder.node(
        .depthwiseConvolution(
          DepthwiseConvolution(depthMultiplier: 1, window: Convolution(padding: .same))),
        [x, filter, bias], name)
    }
    let x = builder.input("x", shape)
    let wide = depthwise(pointwise(x, 36, 6, "expansion"), 36, "first")
    let slopes = builder.constant("slopes", floats(36), [1, 1, 36])
    let sloped = builder.node(.parametricReLU, [wide, slopes], "sloped")
    let narrow = pointwise(sloped, 6, 36, "projection")
    let sum = builder.node(.binary(Binary(kind: .add)), [narrow, x], "sum")
    let other = pointwise(depthwise(sum, 6, "second"), 20, 6, "other")
    let point = pointwise(sum, 20, 6, "point")
    let both = builder.node(.binary(Binary(kind: .multiply)), [other, point], "both")
    let deep = depthwise(pointwise(both, 80, 20, "last"), 80, "third")
    let absolute = builder.node(.unary(Unary(kind: .absolute)), [deep], "abs")
    builder.output(pointwise(absolute, 60, 80, "end"))
    return builder.graph
  }

  private static func result(
    _ options: EngineOptions, isSparse: Bool = true, threads: Int = 1
  ) throws -> Tensor {
    let interpreter = Interpreter(
      try CompiledGraph(network(isSparse: isSparse), options: options), threads: threads)
    try interpreter.allocateTensors()
    let elements = (0..<shape.elementCount).map { Float(($0 * 7919) % 201) / 100 - 1 }
    try interpreter.setInput(try Tensor(elements, shape: shape), at: 0)
    try interpreter.invoke()
    return try interpreter.output(at: 0)
  }

  private static let engines: [Engine] =
    InstructionSet.available.map { .fast(InstructionSet.available(upTo: $0)) }

  @Test(arguments: engines)
  func resultsAreThePlainKernels(_ engine: Engine) throws {
    let expected = try Self.result(EngineOptions(engine: .reference)).realElements()
    #expect(expected.count == 9 * 11 * 60 && expected.contains { $0 > 0.01 })
    let largest = expected.map(\.magnitude).max() ?? 0
    let results = try Self.result(EngineOptions(engine: engine))
    #expect(
      zip(try results.realElements(), expected).allSatisfy { abs($0 - $1) <= 1e-5 * largest })
    for threads in 2...3 {
      #expect(try Self.result(EngineOptions(engine: engine), threads: threads) == results)
    }
  }

  @Test func storedSparseAloneIsMultipliedSparse() throws {
    func kernels(isSparse: Bool) throws -> [String] {
      let options = EngineOptions(engine: .fast(InstructionSet.available(upTo: .scalar)))
      return try CompiledGraph(Self.network(isSparse: isSparse), options: options)
        .plan(inputs: [Self.shape]).steps.map { step in
          guard case .prepared(let prepared) = step.action else { return "" }
          return prepared.kernel.name
        }
    }
    #expect(
      try kernels(isSparse: true) == [
        "f32_sparse_expansion_depthwise_projection_scalar",
        "f32_sparse_depthwise_projection_scalar", "f32_convolution_scalar",
        "f32_multiply_scalar", "f32_sparse_expansion_depthwise_scalar", "",
        "f32_sparse_projection_scalar",
      ])
    #expect(try kernels(isSparse: false).allSatisfy { !$0.contains("sparse") })
  }
}
