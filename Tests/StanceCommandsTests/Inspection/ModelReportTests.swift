import Foundation
import StanceGraph
import StanceKit
import StanceTensors
import StanceTestSupport
import Testing

@testable import StanceCommands

@Suite struct ModelReportTests {
  @Test func aReportIsReadable() throws {
    try Golden.expect(try Self.report.text, is: "report.txt")
  }

  @Test func aReportIsJSON() throws {
    let text = try Self.report.json.readableText
    try Golden.expect(text + "\n", is: "report.json")
    #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(text.utf8)) }
  }

  /// A convolution, a resize, a custom operator whose options nobody knows, and one that this
  /// library does not know.
  static var report: ModelReport {
    get throws {
      var values = [
        Value(
          name: "image", elementType: .uint8, shape: [1, 8, 8, 3], shapeSignature: [nil, 8, 8, 3],
          quantization: Quantization(scale: 0.5, zeroPoint: 128)),
        Value(
          name: "weights", elementType: .int8, shape: [4, 3, 3, 3],
          quantization: Quantization(
            scales: [0.25, 0.5, 0.125, 1], zeroPoints: [0, 0, 0, 0], axis: 0),
          constant: Bytes([UInt8](repeating: 1, count: 108))),
        Value(
          name: "bias", elementType: .int32, shape: [4],
          constant: Bytes([UInt8](repeating: 0, count: 16))),
      ]
      for (name, shape) in [("conv", [1, 4, 4, 4] as Shape), ("large", [1, 8, 8, 4])] {
        values.append(Value(name: name, elementType: .float32, shape: shape))
      }
      values.append(
        Value(
          name: "size", elementType: .int32, shape: [2],
          constant: Bytes([UInt8](repeating: 8, count: 8))))
      values.append(Value(name: "out\u{1B}", elementType: .float32, shape: [], hasRank: false))
      values.append(Value(name: "last", elementType: .float32, shape: [1]))
      let nodes = [
        Node(
          operation: .convolution(
            Convolution(
              padding: .same, strides: Steps(height: 2, width: 2), activation: .relu6)),
          version: 3, inputs: [ValueID(0), ValueID(1), ValueID(2)], outputs: [ValueID(3)]),
        Node(
          operation: .resize(Resize(kind: .bilinear, usesHalfPixelCenters: true)),
          inputs: [ValueID(3), ValueID(5)], outputs: [ValueID(4)]),
        Node(
          operation: .custom(CustomOperation(name: "Decoder", options: Bytes([1, 2, 3]))),
          inputs: [ValueID(4), nil], outputs: [ValueID(6)]),
        Node(
          operation: .unsupported(UnsupportedOperation(name: "LSTM")), inputs: [ValueID(6)],
          outputs: [ValueID(7)]),
      ]
      let graph = Graph(
        name: "main", values: values, nodes: nodes, inputs: [ValueID(0)], outputs: [ValueID(7)])
      let model = Model(
        graph: graph, description: "made for a test", format: "TensorFlow Lite, schema 3",
        metadata: [
          Model.Metadata(name: "min_runtime_version", bytes: Bytes(Array("1.5.0\0\0".utf8))),
          Model.Metadata(name: "blob", bytes: Bytes([0, 255, 7])),
          Model.Metadata(name: "nothing", bytes: Bytes([])),
        ],
        signatures: [
          Model.Signature(
            key: "serving_default", graphIndex: 0,
            inputs: [Model.Signature.Binding(name: "picture", value: ValueID(0))],
            outputs: [Model.Signature.Binding(name: "poses", value: ValueID(7))])
        ])
      return ModelReport(
        path: "model.tflite", byteCount: 1234, sha256: String(repeating: "ab", count: 32),
        model: model)
    }
  }
}

@Suite(.enabled(if: SharedData.isPresent, "needs the shared data"))
struct SharedModelReportTests {
  private func report(_ path: String) throws -> ModelReport {
    ModelReport(try ModelFile(path: SharedData.path("models/" + path)))
  }

  @Test func floatPoseNet() throws {
    let report = try report("posenet/posenet_mobilenet_v1_075_257x257_float_stride16.tflite")
    #expect(report.graphs[0].multiplyAdds == 500_334_288)
    #expect(report.graphs[0].parameterCount == 1_258_195)
    #expect(report.graphs[0].memory.weights == 1_258_195 * 4)
    #expect(report.graphs[0].unknownOperatorCount == 0)
    let arena = try #require(report.arenaByteCount)
    #expect(arena > 0 && arena < report.graphs[0].memory.activations)
    #expect(report.text.contains("bytes, in which the engine computes them"))
  }

  @Test func edgeTPUModelIsExplained() throws {
    let report = try report(
      "coral/posenet_mobilenet_v1_075_353_481_quant_decoder_edgetpu.tflite")
    #expect(report.graphs[0].edgeTPUByteCount == 1_544_271)
    #expect(report.arenaByteCount == nil)
    #expect(report.text.contains("compiled for Google's Edge TPU"))
    #expect(report.json.compactText.contains("compiled for Google's Edge TPU"))
  }

  @Test func customOptionsAreDecoded() throws {
    let report = try report("coral/posenet_mobilenet_v1_075_353_481_decoder.tflite")
    let options = report.graphs[0].graph.nodes[0].operation.options
    let maximum = try #require(options.first { $0.name == "max_detections" })
    #expect(maximum.value == .integer(20))
    #expect(options.contains { $0.name == "nms_radius" })
  }
}
