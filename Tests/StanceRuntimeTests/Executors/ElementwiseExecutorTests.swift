import StanceGraph
import StanceRuntime
import StanceTensors
import Testing

@Suite struct ElementwiseExecutorTests {
  @Test func integersWrapAround() throws {
    let a = try Tensor([Int32.max, Int32.min, 7], shape: [3])
    let b = try Tensor([Int32(1), -1, 3], shape: [3])
    #expect(try run(.add, a, b) == [Int32.min, Int32.max, 10])
    #expect(try run(.multiply, a, b) == [Int32.max, Int32.min, 21])
    #expect(try run(.divide, a, b) == [Int32.max, Int32.min, 2])
    #expect(try run(.floorDivide, a, b) == [Int32.max, Int32.min, 2])
  }

  @Test(arguments: [Binary.Kind.divide, .floorDivide])
  func divisionOfIntegersByZeroThrows(_ kind: Binary.Kind) throws {
    let a = try Tensor([Int32(1), 2], shape: [2])
    let b = try Tensor([Int32(1), 0], shape: [2])
    let error = #expect(throws: RuntimeError.self) { let _: [Int32] = try run(kind, a, b) }
    #expect(error?.code == .operatorFailed)
    #expect(error?.description.contains("zero") == true)
  }

  @Test func floorDivisionRoundsDown() throws {
    let a = try Tensor([Int32(-7), 7, -7, 7, -6], shape: [5])
    let b = try Tensor([Int32(2), -2, -2, 2, 3], shape: [5])
    #expect(try run(.floorDivide, a, b) == [Int32(-4), -4, 3, 3, -2])
  }

  @Test func emptyTensorsStayEmpty() throws {
    let empty = try Tensor([Float](), shape: [0, 3])
    let row = try Tensor([Float(1), 2, 3], shape: [1, 3])
    let result = try OneOperator(.binary(Binary(kind: .add)), result: .float32).run(empty, row)
    #expect(result.shape == [0, 3])
  }

  @Test func bytesNeedQuantization() throws {
    let bare = try Tensor([UInt8(1), 2], shape: [2])
    let error = #expect(throws: RuntimeError.self) {
      try OneOperator(.unary(Unary(kind: .logistic)), result: .uint8).run(bare)
    }
    #expect(error?.description.contains("quantisation") == true)
  }

  @Test(arguments: [Float.nan, -1, 0, .infinity])
  func senselessScalesThrow(_ scale: Float) throws {
    let quantization = Quantization(scale: scale, zeroPoint: 0)
    let x = try Tensor([Int8(1), 2], shape: [2], quantization: quantization)
    for operation in [Operation.dequantize, .unary(Unary(kind: .relu)), .quantize] {
      let isReal = operation == .dequantize
      #expect(throws: RuntimeError.self) {
        try OneOperator(
          operation, result: isReal ? .float32 : .int8,
          quantization: Quantization(scale: 1, zeroPoint: 0)
        ).run(x)
      }
    }
  }

  @Test func castSaturates() throws {
    let x = try Tensor([Float.nan, 1e30, -1e30, .infinity, -2.9, 300], shape: [6])
    let integers = try OneOperator(.cast, result: .int32).run(x).elements(as: Int32.self)
    #expect(integers == [.max, .max, .min, .max, -2, 300])
    let bytes = try OneOperator(.cast, result: .uint8).run(x).elements(as: UInt8.self)
    #expect(bytes == [255, 255, 0, 255, 0, 255])
  }

  @Test func castToHalfRoundsToEven() throws {
    let x = try Tensor([Float(1), 65504, 65520, 1e-7, 1 + 0x1p-11, 1 + 3 * 0x1p-11], shape: [6])
    let halves = try OneOperator(.cast, result: .float16).run(x).elements(as: Float16Bits.self)
    #expect(halves.map(\.bits) == [0x3C00, 0x7BFF, 0x7C00, 0x0002, 0x3C00, 0x3C02])
  }

  @Test func shapesThatDoNotBroadcastThrow() throws {
    let a = try Tensor([Float](repeating: 1, count: 6), shape: [2, 3])
    let b = try Tensor([Float](repeating: 1, count: 2), shape: [2])
    #expect(throws: RuntimeError.self) { let _: [Float] = try run(.add, a, b) }
  }

  private func run<Element: TensorElement>(
    _ kind: Binary.Kind, _ a: Tensor, _ b: Tensor
  ) throws -> [Element] {
    try OneOperator(.binary(Binary(kind: kind)), result: Element.elementType).run(a, b)
      .elements(as: Element.self)
  }
}

/// A graph of one operator, made for the operands it is given.
private struct OneOperator {
  let operation: Operation
  let result: ElementType
  let quantization: Quantization?

  init(_ operation: Operation, result: ElementType, quantization: Quantization? = nil) {
    self.operation = operation
    self.result = result
    self.quantization = quantization
  }

  @discardableResult
  func run(_ operands: Tensor...) throws -> Tensor {
    var values = operands.enumerated().map { index, operand in
      Value(
        name: "input_\(index)", elementType: operand.elementType, shape: operand.shape,
        quantization: operand.quantization)
    }
    let inputs = values.indices.map { ValueID($0) }
    let output = ValueID(values.count)
    values.append(
      Value(name: "output", elementType: result, shape: [], quantization: quantization))
    let node = Node(operation: operation, inputs: inputs, outputs: [output])
    let graph = Graph(values: values, nodes: [node], inputs: inputs, outputs: [output])
    let interpreter = try Interpreter(graph: graph)
    try interpreter.allocateTensors()
    for (position, operand) in operands.enumerated() {
      try interpreter.setInput(operand, at: position)
    }
    try interpreter.invoke()
    return try interpreter.output(at: 0)
  }
}
