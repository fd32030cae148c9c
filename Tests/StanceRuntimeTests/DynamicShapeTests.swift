import StanceGraph
import StanceRuntime
import StanceTensors
import Testing

/// Shapes that follow from shapes, and shapes that follow from elements.
@Suite struct DynamicShapeTests {
  /// RESHAPE of x `[N, 2, 3]` to `[N, 6]`, as converters write it for a free batch size.
  private var flattening: Graph {
    var builder = GraphBuilder()
    let x = builder.input("x", [1, 2, 3], signature: [nil, 2, 3])
    let shape = builder.node(.shape(ShapeOf(indexType: .int32)), [x], "shape", .int32)
    let (zero, one) = (builder.integers([0]), builder.integers([1]))
    let batch = builder.node(
      .stridedSlice(StridedSlice(shrinkAxisMask: 1)), [shape, zero, one, one], "batch", .int32)
    let six = builder.integers([6], [])
    let target = builder.node(
      .pack(Pack(count: 2, axis: 0)), [batch, six], "target", .int32)
    builder.output(builder.node(.reshape(Reshape(shape: nil)), [x, target], "y"))
    return builder.graph
  }

  @Test func shapesOfKnownShapesAreKnownWhenAllocating() throws {
    let interpreter = try Interpreter(graph: flattening)
    try interpreter.allocateTensors()
    #expect(interpreter.outputs[0].shape == [1, 6])
    try interpreter.resizeInput(at: 0, to: [4, 2, 3])
    try interpreter.allocateTensors()
    #expect(interpreter.outputs[0].shape == [4, 6])
    let elements = (0..<24).map(Float.init)
    try interpreter.setInput(.floats(elements, [4, 2, 3]), at: 0)
    try interpreter.invoke()
    #expect(try interpreter.output(at: 0) == .floats(elements, [4, 6]))
  }

  @Test func aShapeMayBeAnInput() throws {
    var builder = GraphBuilder()
    let x = builder.input("x", [6])
    let shape = builder.input("shape", [2], .int32)
    let reshaped = builder.node(.reshape(Reshape(shape: nil)), [x, shape], "reshaped")
    let doubled = builder.node(
      .concatenation(Concatenation(axis: 1)), [reshaped, reshaped], "doubled")
    builder.output(doubled)
    let interpreter = try Interpreter(graph: builder.graph)
    try interpreter.allocateTensors()
    try interpreter.setInput(.floats([1, 2, 3, 4, 5, 6]), at: 0)
    try interpreter.setInput(Tensor([2, -1] as [Int32], shape: [2]), at: 1)
    try interpreter.invoke()
    #expect(
      try interpreter.output(at: 0) == .floats([1, 2, 3, 1, 2, 3, 4, 5, 6, 4, 5, 6], [2, 6]))
    try interpreter.setInput(Tensor([3, 2] as [Int32], shape: [2]), at: 1)
    try interpreter.invoke()
    #expect(
      try interpreter.output(at: 0) == .floats([1, 2, 1, 2, 3, 4, 3, 4, 5, 6, 5, 6], [3, 4]))
    try interpreter.setInput(Tensor([4, 2] as [Int32], shape: [2]), at: 1)
    expect(.operatorFailed, "operator 0 (RESHAPE)") { try interpreter.invoke() }
    try interpreter.setInput(Tensor([6, 1] as [Int32], shape: [2]), at: 1)
    try interpreter.invoke()
    #expect(interpreter.outputs[0].shape == [6, 2])
  }

  @Test func resultsGrowAndShrinkWithTheElements() throws {
    var builder = GraphBuilder()
    let x = builder.input("x", [2, 3], .bool)
    builder.output(builder.node(.where, [x], "places", .int64))
    let interpreter = try Interpreter(graph: builder.graph)
    try interpreter.allocateTensors()
    for (condition, expected) in [
      ([true, false, false, false, false, true], [0, 0, 1, 2]),
      ([false, false, false, false, false, false], []),
      ([true, true, true, false, true, true], [0, 0, 0, 1, 0, 2, 1, 1, 1, 2]),
    ] as [([Bool], [Int64])] {
      try interpreter.setInput(Tensor(condition, shape: [2, 3]), at: 0)
      try interpreter.invoke()
      let places = try interpreter.output(at: 0)
      #expect(places.shape == [expected.count / 2, 2])
      #expect(try places.elements(as: Int64.self) == expected)
    }
  }

  @Test func floatRangesFollowTheirElements() throws {
    var builder = GraphBuilder()
    let limits = [
      builder.input("start", []), builder.input("limit", []), builder.input("step", []),
    ]
    builder.output(builder.node(.range, limits, "y"))
    let interpreter = try Interpreter(graph: builder.graph)
    try interpreter.allocateTensors()
    func set(_ values: [Float]) throws {
      for (position, value) in values.enumerated() {
        try interpreter.setInput(Tensor([value], shape: []), at: position)
      }
    }
    try set([1, 2, 0.25])
    try interpreter.invoke()
    #expect(try interpreter.output(at: 0).elements(as: Float.self) == [1, 1.25, 1.5, 1.75])
    for impossible: [Float] in [[0, 1, 0], [0, 1, -1], [0, .nan, 1], [0, .infinity, 1]] {
      try set(impossible)
      expect(.operatorFailed, "operator 0 (RANGE)") { try interpreter.invoke() }
    }
    try set([0, 1e30, 1e-30])
    expect(.operatorFailed) { try interpreter.invoke() }
    try set([5, 5, 1])
    try interpreter.invoke()
    #expect(try interpreter.output(at: 0).shape == [0])
  }

  @Test func memoryIsLimited() throws {
    let limit = 1 << 16
    let interpreter = try Interpreter(graph: GraphBuilder.transposition, memoryLimit: limit)
    try interpreter.resizeInput(at: 0, to: [1 << 40, 3])
    expect(.tooLarge, "input \"x\"") { try interpreter.allocateTensors() }
    // The input alone would fit.
    try interpreter.resizeInput(at: 0, to: [12_000, 1])
    expect(.tooLarge, "operator 0 (TRANSPOSE)") { try interpreter.allocateTensors() }
    try interpreter.resizeInput(at: 0, to: [8_000, 1])
    try interpreter.allocateTensors()
    try interpreter.invoke()
    #expect(try interpreter.output(at: 0).shape == [1, 8_000])
  }

  @Test func memoryIsLimitedWhileRunning() throws {
    var builder = GraphBuilder()
    let shape = builder.input("shape", [2], .int32)
    let one = builder.constant("one", [1] as [Float], [])
    builder.output(builder.node(.fill, [shape, one], "y"))
    let interpreter = try Interpreter(graph: builder.graph, memoryLimit: 1 << 16)
    try interpreter.allocateTensors()
    for huge: [Int32] in [[1 << 30, 1 << 30], [.max, 2], [200, 200], [-1, 2]] {
      try interpreter.setInput(Tensor(huge, shape: [2]), at: 0)
      #expect(throws: RuntimeError.self) { try interpreter.invoke() }
    }
    try interpreter.setInput(Tensor([2, 2] as [Int32], shape: [2]), at: 0)
    try interpreter.invoke()
    #expect(try interpreter.output(at: 0) == .floats([1, 1, 1, 1], [2, 2]))
  }
}
