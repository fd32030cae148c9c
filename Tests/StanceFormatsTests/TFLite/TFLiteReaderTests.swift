import StanceFormats
import StanceGraph
import StanceTensors
import StanceTestSupport
import Testing

struct TFLiteReaderTests {
  let model: Model

  init() throws {
    model = try TFLiteReader.read(TestModel.rich.root.fileBytes(), name: "made.tflite")
  }

  @Test func namesAndFormat() {
    #expect(model.description == "made for a test")
    #expect(model.format == "TensorFlow Lite, schema 3")
    #expect(model.graph.name == "main")
    #expect(model.graph.inputs == [ValueID(0)])
    #expect(model.graph.outputs == [ValueID(8), ValueID(6), ValueID(5)])
  }

  @Test func metadataAndSignatures() throws {
    let metadata = try #require(model.metadata.first)
    #expect(metadata.name == "min_runtime_version")
    #expect(metadata.bytes == Bytes(Array("1.5.0".utf8)))
    let signature = try #require(model.signatures.first)
    #expect(signature.key == "serving_default")
    #expect(signature.inputs.map(\.name) == ["x"])
    #expect(signature.outputs.map(\.value) == [ValueID(8)])
  }

  @Test func quantization() {
    #expect(
      model.graph.values[0].quantization == Quantization(scale: 0.0078125, zeroPoint: -128))
    #expect(
      model.graph.values[1].quantization
        == Quantization(scales: [0.5, 0.25, 0.125], zeroPoints: [0, 0, 0], axis: 0))
    #expect(model.graph.values[2].quantization == nil)
  }

  @Test func shapesAndConstants() {
    let values = model.graph.values
    #expect(values[0].shapeSignature == [1, nil, nil, 2])
    #expect(values[1].shapeSignature == nil)
    #expect(values[1].constant == Bytes([UInt8](repeating: 7, count: 24)))
    #expect(values[3].constant == nil)
    #expect(values[6].shape == .scalar)
    #expect(values[6].hasRank)
    #expect(values[9].isVariable)
  }

  @Test func sparsity() {
    let expected = Sparsity(
      traversalOrder: [0, 1], blockMap: [],
      levels: [
        .dense(size: 2),
        .compressed(
          segments: IndexVector(elementType: .uint8, bytes: Bytes([0, 2, 3])),
          indices: IndexVector(elementType: .uint8, bytes: Bytes([0, 3, 2]))),
      ])
    #expect(model.graph.values[4].sparsity == expected)
  }

  @Test func operators() {
    let nodes = model.graph.nodes
    #expect(
      nodes[0].operation
        == .convolution(
          Convolution(
            padding: .valid, strides: Steps(height: 1, width: 2), activation: .relu6)))
    #expect(nodes[0].version == 2)
    #expect(nodes[1].operation == .densify)
    #expect(
      nodes[2].operation == .custom(CustomOperation(name: "Decode", options: Bytes([7, 4, 1]))))
    #expect(nodes[2].inputs == [ValueID(3), nil, ValueID(9)])
    #expect(nodes[3].operation == .reshape(Reshape(shape: [1, -1])))
  }

  @Test func weightsBehindTheFlatbuffer() throws {
    var spoiled = TestModel.single(19)
    spoiled.buffers.append(.table([1: .uint64(8), 2: .uint64(4)]))
    spoiled.tensors[0] = TestModel.tensor([1], buffer: 1)
    spoiled.inputs = []
    let file = spoiled.root.file()
    let model = try TFLiteReader.read(Bytes(file), name: "big.tflite")
    #expect(model.graph.values[0].constant == Bytes(Array(file[8..<12])))
  }

  @Test func scaleWithoutZeroPoint() throws {
    var model = TestModel.single(19)
    model.tensors[0] = TestModel.tensor([1], type: 9, [4: .table([2: .floats([0.5])])])
    model.tensors[1] = TestModel.tensor([1], type: 9, [4: .table([0: .floats([0])])])
    let graph = try TFLiteReader.read(model.root.fileBytes(), name: "m").graph
    #expect(graph.values[0].quantization == Quantization(scale: 0.5, zeroPoint: 0))
    #expect(graph.values[1].quantization == nil)
  }

  @Test func unknownOperatorsKeepTheirNames() throws {
    func operation(_ builtin: Int32) throws -> StanceGraph.Operation {
      try TFLiteReader.read(TestModel.single(builtin).root.fileBytes(), name: "m").graph.nodes[0]
        .operation
    }
    #expect(try operation(16) == .unsupported(UnsupportedOperation(name: "LSTM")))
    #expect(try operation(150) == .unsupported(UnsupportedOperation(name: "GELU")))
    #expect(try operation(209) == .unsupported(UnsupportedOperation(name: "STABLEHLO_CASE")))
    #expect(try operation(4711) == .unsupported(UnsupportedOperation(name: "operator 4711")))
  }
}
