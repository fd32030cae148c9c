import StanceGraph
import StancePose
import StanceRuntime
import StanceTensors
import Testing

@testable import StanceKit

/// Coral's operator on tensors, registered as a user's own operator would be.
@Suite struct PosenetDecoderTests {
  /// A FlexBuffer of max_detections 3, nms_radius 10, score_threshold 0.2 and stride 16.
  static let options: [UInt8] =
    Array("max_detections\0score_threshold\0stride\0nms_radius\0".utf8) + [4, 50, 13, 37, 22, 0, 0]
    + [6, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0]
    + [3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 36, 64]
    + [154, 153, 153, 153, 153, 153, 201, 63, 16, 0, 0, 0, 0, 0, 0, 0, 7, 15, 15, 7, 36, 39, 1]

  /// One keypoint, all 17 of which lie in the middle of a grid of 5 x 5 cells.
  private func operands(quantized: Bool, long: Bool) throws -> [Tensor] {
    try [17, 34, 64, 34].prefix(long ? 4 : 3).enumerated().map { index, channels in
      var numbers = [Float](repeating: index == 0 ? -5 : 0, count: 25 * channels)
      if index == 0 { for k in 0..<17 { numbers[12 * 17 + k] = 3 } }
      let shape = try Shape(validating: [1, 5, 5, channels])
      guard quantized else { return try Tensor(numbers, shape: shape) }
      return try Tensor(
        numbers.map { UInt8($0 * 10 + 100) }, shape: shape,
        quantization: Quantization(scale: 0.1, zeroPoint: 100))
    }
  }

  /// A graph of the operator alone; all results are declared as scalars.
  private func graph(_ operands: [Tensor], options: [UInt8]) -> Graph {
    let count = operands.count
    var values = operands.enumerated().map { index, tensor in
      Value(
        name: "x\(index)", elementType: tensor.elementType, shape: tensor.shape,
        quantization: tensor.quantization)
    }
    for index in 0...count {
      values.append(
        Value(name: "poses:\(index)", elementType: .float32, shape: .scalar, hasRank: false))
    }
    let inputs = (0..<count).map { ValueID($0) }
    let outputs = (count...2 * count).map { ValueID($0) }
    let node = Node(
      operation: .custom(CustomOperation(name: "PosenetDecoderOp", options: Bytes(options))),
      inputs: inputs, outputs: outputs)
    return Graph(values: values, nodes: [node], inputs: inputs, outputs: outputs)
  }

  @Test(arguments: [false, true], [false, true])
  func resultsHaveTheirOwnShapes(isQuantized: Bool, hasLong: Bool) throws {
    let operands = try operands(quantized: isQuantized, long: hasLong)
    var registry = CustomOperatorRegistry()
    registry.register(PosenetDecoder.self)
    let interpreter = try Interpreter(
      graph: graph(operands, options: Self.options), customOperators: registry)
    try interpreter.allocateTensors()
    for (index, operand) in operands.enumerated() { try interpreter.setInput(operand, at: index) }
    try interpreter.invoke()
    let results = try interpreter.outputs.indices.map { try interpreter.output(at: $0) }
    let shapes: [Shape] = [[1, 3, 17, 2], [1, 3, 17], [1, 3], [1], [1, 3, 5, 5]]
    #expect(results.map(\.shape) == Array(shapes.prefix(hasLong ? 5 : 4)))
    #expect(try results[3].elements() == [1 as Float])
    let positions: [Float] = try results[0].elements()
    #expect(positions.prefix(34).allSatisfy { $0 == 32 } && positions[34...].allSatisfy { $0 == 0 })
    let scores: [Float] = try results[1].elements()
    #expect(scores.prefix(17).allSatisfy { abs($0 - 0.9525741) < 1e-5 })
    #expect(scores[17...].allSatisfy { $0 == 0 })
    if hasLong {
      let masks: [Float] = try results[4].elements()
      #expect(masks.prefix(25).allSatisfy { $0 == 1 } && masks[25...].allSatisfy { $0 == 0 })
    }
  }

  @Test func optionsAreRead() throws {
    let options = try PosenetDecoderOptions(Bytes(Self.options))
    #expect(options.maxDetections == 3 && options.stride == 16)
    #expect(options.scoreThreshold == 0.2 && options.nmsRadius == 10)
    #expect(options.inputSize(rows: 23, columns: 31) == ModelSize(width: 481, height: 353))
  }

  @Test(arguments: [
    (104, 0, "the option stride is 0; a whole number from 1"),
    (87, 255, "the option max_detections is -"), (103, 127, "the option score_threshold is"),
    (31, 83, "the option stride is missing"),
  ])
  func badOptionsAreNamed(place: Int, byte: UInt8, message: String) throws {
    var bytes = Self.options
    bytes[place] = byte
    do {
      _ = try PosenetDecoder(options: Bytes(bytes))
      Issue.record("taken")
    } catch {
      #expect("\(error)".contains(message), "\(error)")
    }
  }

  @Test func tooFewOperandsAreAnError() throws {
    let decoder = try PosenetDecoder(options: Bytes(Self.options))
    let operands = try operands(quantized: false, long: false)
    #expect(throws: KitError.self) { try decoder.run(inputs: [operands[0], nil], outputs: []) }
    #expect(throws: KitError.self) { try decoder.run(inputs: operands, outputs: []) }
  }
}
