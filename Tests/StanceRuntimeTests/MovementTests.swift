import StanceGraph
import StanceRuntime
import StanceTensors
import Testing

/// What LiteRT cannot run, and the operator suite therefore does not hold.
@Suite struct MovementTests {
  @Test func concatenationClampsFloats() throws {
    var builder = GraphBuilder()
    let x = builder.input("x", [3])
    let options = Concatenation(axis: 0, activation: .relu6)
    builder.output(builder.node(.concatenation(options), [x, x], "y"))
    #expect(
      try run(builder, .floats([-1, 2, 7])).elements(as: Float.self) == [0, 2, 6, 0, 2, 6])
  }

  @Test func concatenationClampsQuantizedElements() throws {
    var builder = GraphBuilder()
    let quantization = Quantization(scale: 0.5, zeroPoint: 10)
    let x = builder.input("x", [4], .uint8, quantization: quantization)
    let y = builder.value("y", [], .uint8, quantization: quantization)
    let options = Concatenation(axis: 0, activation: .reluN1To1)
    builder.node(.concatenation(options), [x], to: [y])
    builder.output(y)
    let result = try run(builder, try Tensor([0, 9, 11, 200] as [UInt8], shape: [4]))
    #expect(try result.elements(as: UInt8.self) == [8, 9, 11, 12])
  }

  @Test func concatenationOfOtherScalesNeverTraps() throws {
    for zeroPoint in [Int.min, .max] {
      for scale in [0, .nan, .infinity, .leastNonzeroMagnitude, 1e38, -1] as [Float] {
        var builder = GraphBuilder()
        let x = builder.input(
          "x", [2], .uint8, quantization: Quantization(scale: scale, zeroPoint: zeroPoint))
        let y = builder.value(
          "y", [], .uint8, quantization: Quantization(scale: 0, zeroPoint: .min))
        builder.node(.concatenation(Concatenation(axis: 0)), [x], to: [y])
        builder.output(y)
        #expect(try run(builder, try Tensor([0, 255] as [UInt8], shape: [2])).shape == [2])
      }
    }
  }

  @Test func halfPrecisionAndWideTypesMove() throws {
    for type in [.float16, .bfloat16, .uint16, .uint64, .float64, .complex128] as [ElementType] {
      var builder = GraphBuilder()
      let x = builder.input("x", [2, 3], type)
      let axes = builder.integers([1, 0])
      builder.output(builder.node(.transpose, [x, axes], "y", type))
      let size = try #require(type.byteCount)
      let bytes = (0..<6).flatMap { [UInt8](repeating: $0, count: size) }
      let tensor = try Tensor(shape: [2, 3], elementType: type, bytes: Bytes(bytes))
      let expected = [0, 3, 1, 4, 2, 5].flatMap { [UInt8](repeating: $0, count: size) }
      #expect(try run(builder, tensor).bytes == Bytes(expected))
    }
  }

  @Test func emptyTensorsMove() throws {
    var builder = GraphBuilder()
    let x = builder.input("x", [0, 3])
    let axes = builder.integers([1, 0])
    let paddings = builder.integers([0, 0, 1, 1], [2, 2])
    let transposed = builder.node(.transpose, [x, axes], "t")
    builder.output(builder.node(.pad(Pad(hasConstant: false)), [transposed, paddings], "y"))
    let y = try run(builder, .floats([], [0, 3]))
    #expect(y == (try .floats([0, 0, 0, 0, 0, 0], [3, 2])))
  }

  @Test func gatherOfWholeTensorsNamesNoIndex() throws {
    var builder = GraphBuilder()
    let x = builder.input("x", [2])
    let indices = builder.integers([], [3, 0])
    builder.output(builder.node(.gatherND, [x, indices], "y"))
    #expect(try run(builder, .floats([1, 2])) == .floats([1, 2, 1, 2, 1, 2], [3, 2]))
  }

  @Test func emptyShapesHideNoOverflow() {
    #expect(throws: TensorError.self) { try Shape(validating: [0, 1 << 40, 1 << 40]) }
    #expect(throws: TensorError.self) { try Shape(validating: [1 << 40, 1 << 40, 0]) }
    #expect(Shape([1 << 40, 0, 1 << 10]).elementCount == 0)
  }

  private func run(_ builder: GraphBuilder, _ x: Tensor) throws -> Tensor {
    let interpreter = try Interpreter(graph: builder.graph)
    try interpreter.allocateTensors()
    try interpreter.setInput(x, at: 0)
    try interpreter.invoke()
    return try interpreter.output(at: 0)
  }
}
