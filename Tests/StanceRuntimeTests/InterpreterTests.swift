import StanceGraph
import StanceRuntime
import StanceTensors
import Testing

@Suite struct InterpreterTests {
  @Test func detailsSayWhatTheGraphSays() throws {
    var builder = GraphBuilder()
    let quantization = Quantization(scale: 0.5, zeroPoint: 3)
    let unused = builder.input("unused", [4], .int32)
    let x = builder.input("x", [1, 3], .uint8, signature: [nil, 3], quantization: quantization)
    let axes = builder.integers([1, 0])
    builder.output(builder.node(.transpose, [x, axes], "y", .uint8))
    let interpreter = try Interpreter(graph: builder.graph)
    let inputs = interpreter.inputs
    #expect(inputs.map(\.name) == ["unused", "x"])
    #expect(inputs.map(\.index) == [unused.index, x.index])
    #expect(inputs.map(\.elementType) == [.int32, .uint8])
    #expect(inputs.map(\.shape) == [[4], [1, 3]])
    #expect(inputs[0].shapeSignature == nil)
    #expect(inputs[1].shapeSignature == [nil, 3])
    #expect(inputs[1].quantization == quantization)
    try interpreter.allocateTensors()
    #expect(interpreter.outputs.map(\.shape) == [[3, 1]])
  }

  @Test func runsTwiceWithOtherData() throws {
    let interpreter = try Interpreter(graph: GraphBuilder.transposition)
    try interpreter.allocateTensors()
    try interpreter.setInput(.floats([1, 2, 3, 4, 5, 6], [2, 3]), at: 0)
    try interpreter.invoke()
    let first = try interpreter.output(at: 0)
    #expect(first.shape == [3, 2])
    #expect(try first.elements(as: Float.self) == [1, 4, 2, 5, 3, 6])
    try interpreter.setInput(.floats([0, 9, 0, 9, 0, 9], [2, 3]), named: "x")
    try interpreter.invoke()
    let second = try interpreter.output(named: "y")
    #expect(try second.elements(as: Float.self) == [0, 9, 9, 0, 0, 9])
    // What was read before does not change.
    #expect(try first.elements(as: Float.self) == [1, 4, 2, 5, 3, 6])
  }

  @Test func anInputNeverSetIsZero() throws {
    let interpreter = try Interpreter(graph: GraphBuilder.transposition)
    try interpreter.allocateTensors()
    try interpreter.invoke()
    #expect(try interpreter.output(at: 0).elements(as: Float.self) == [0, 0, 0, 0, 0, 0])
  }

  @Test func resizesAndAllocatesAnew() throws {
    let interpreter = try Interpreter(graph: GraphBuilder.transposition)
    try interpreter.allocateTensors()
    try interpreter.invoke()
    try interpreter.resizeInput(at: 0, to: [4, 1])
    #expect(interpreter.inputs[0].shape == [4, 1])
    expect(.notAllocated) { try interpreter.invoke() }
    expect(.notAllocated) { try interpreter.setInput(.floats([1], [1, 1]), at: 0) }
    try interpreter.allocateTensors()
    #expect(interpreter.outputs[0].shape == [1, 4])
    try interpreter.setInput(.floats([1, 2, 3, 4], [4, 1]), at: 0)
    try interpreter.invoke()
    #expect(try interpreter.output(at: 0).elements(as: Float.self) == [1, 2, 3, 4])
    try interpreter.resizeInput(named: "x", to: [1, 1])
    try interpreter.allocateTensors()
    try interpreter.setInput(.floats([7], [1, 1]), at: 0)
    try interpreter.invoke()
    #expect(try interpreter.output(at: 0) == .floats([7], [1, 1]))
  }

  @Test func aResizeThatFitsNoOperatorNamesIt() throws {
    let interpreter = try Interpreter(graph: GraphBuilder.transposition)
    try interpreter.resizeInput(at: 0, to: [1, 2, 3])
    expect(.operatorFailed, "operator 0 (TRANSPOSE)") { try interpreter.allocateTensors() }
    expect(.notAllocated) { try interpreter.invoke() }
    try interpreter.resizeInput(at: 0, to: [2, 2])
    try interpreter.allocateTensors()
    try interpreter.invoke()
    #expect(try interpreter.output(at: 0).shape == [2, 2])
  }

  @Test func wrongNamesTypesAndShapesAreErrors() throws {
    let interpreter = try Interpreter(graph: GraphBuilder.transposition)
    let good = try Tensor.floats([1, 2, 3, 4, 5, 6], [2, 3])
    expect(.notAllocated) { try interpreter.setInput(good, at: 0) }
    expect(.notAllocated) { try interpreter.invoke() }
    expect(.notAllocated) { _ = try interpreter.output(at: 0) }
    try interpreter.allocateTensors()
    expect(.notAllocated, "before invoke()") { _ = try interpreter.output(at: 0) }
    expect(.unknownTensor, "\"x\"") { try interpreter.setInput(good, named: "image") }
    expect(.unknownTensor, "the model has 1") { try interpreter.setInput(good, at: 1) }
    expect(.unknownTensor) { try interpreter.setInput(good, at: -1) }
    expect(.unknownTensor, "\"y\"") { _ = try interpreter.output(named: "heatmaps") }
    expect(.unknownTensor) { _ = try interpreter.output(at: 1) }
    expect(.unknownTensor) { try interpreter.resizeInput(named: "y", to: [1]) }
    expect(.wrongType, "takes float32, not uint8") {
      try interpreter.setInput(Tensor([UInt8](repeating: 0, count: 6), shape: [2, 3]), at: 0)
    }
    expect(.wrongShape, "[2, 3], not [3, 2]") {
      try interpreter.setInput(.floats([1, 2, 3, 4, 5, 6], [3, 2]), at: 0)
    }
  }

  @Test func constantsAreComputedWhenAllocating() throws {
    var builder = GraphBuilder()
    let x = builder.constant("c", [1, 2, 3, 4] as [Float], [2, 2])
    let axes = builder.integers([1, 0])
    let transposed = builder.node(.transpose, [x, axes], "t")
    let flat = builder.integers([4])
    builder.output(builder.node(.reshape(Reshape(shape: nil)), [transposed, flat], "y"))
    let interpreter = try Interpreter(graph: builder.graph)
    try interpreter.allocateTensors()
    #expect(try interpreter.output(at: 0).elements(as: Float.self) == [1, 3, 2, 4])
    try interpreter.invoke()
    #expect(try interpreter.output(at: 0).elements(as: Float.self) == [1, 3, 2, 4])
  }

  @Test func variablesKeepTheirElements() throws {
    var builder = GraphBuilder()
    let x = builder.input("x", [1])
    let state = builder.value("state", [3], isVariable: true)
    let all = builder.node(.concatenation(Concatenation(axis: 0)), [x, state], "all")
    let (zero, three) = (builder.integers([0]), builder.integers([3]))
    builder.node(.slice, [all, zero, three], to: [state])
    builder.output(all, state)
    let interpreter = try Interpreter(graph: builder.graph)
    try interpreter.allocateTensors()
    for (value, expected) in [
      (1, [1, 0, 0, 0]), (2, [2, 1, 0, 0]), (3, [3, 2, 1, 0]), (4, [4, 3, 2, 1]),
    ] as [(Float, [Float])] {
      try interpreter.setInput(.floats([value]), at: 0)
      try interpreter.invoke()
      #expect(try interpreter.output(at: 0).elements(as: Float.self) == expected)
    }
    #expect(try interpreter.output(named: "state").elements(as: Float.self) == [4, 3, 2])
    try interpreter.allocateTensors()
    try interpreter.invoke()
    #expect(try interpreter.output(at: 0).elements(as: Float.self) == [0, 0, 0, 0])
  }

  @Test func aNodeMayReadTheVariableThatItWrites() throws {
    var builder = GraphBuilder()
    let x = builder.input("x", [1])
    let state = builder.value("state", [3], isVariable: true)
    let all = builder.node(.concatenation(Concatenation(axis: 0)), [x, state], "all")
    let (zero, three) = (builder.integers([0]), builder.integers([3]))
    builder.node(.slice, [all, zero, three], to: [state])
    let backwards = builder.integers([-1])
    builder.node(
      .stridedSlice(StridedSlice(beginMask: 1, endMask: 1)), [state, zero, zero, backwards],
      to: [state])
    builder.output(state)
    let interpreter = try Interpreter(graph: builder.graph)
    try interpreter.allocateTensors()
    var expected: [Float] = [0, 0, 0]
    for value: Float in [1, 2, 3, 4, 5] {
      try interpreter.setInput(.floats([value]), at: 0)
      try interpreter.invoke()
      expected = ([value] + expected.dropLast()).reversed()
      #expect(try interpreter.output(at: 0).elements(as: Float.self) == expected)
    }
  }
}

/// Expects a `RuntimeError` with this code that says `text`.
func expect(
  _ code: RuntimeError.Code, _ text: String = "", sourceLocation: SourceLocation = #_sourceLocation,
  _ body: () throws -> Void
) {
  do {
    try body()
    Issue.record("no error thrown", sourceLocation: sourceLocation)
  } catch let error as RuntimeError {
    #expect(error.code == code, sourceLocation: sourceLocation)
    #expect(
      text.isEmpty || error.description.contains(text), "\(error)", sourceLocation: sourceLocation)
  } catch {
    Issue.record("\(error) is no RuntimeError", sourceLocation: sourceLocation)
  }
}
