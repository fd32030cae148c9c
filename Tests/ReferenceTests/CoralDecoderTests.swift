import StanceFormats
import StanceKit
import StanceMedia
import StancePose
import StanceRuntime
import StanceTensors
import StanceTestSupport
import Testing

/// PosenetDecoderOp inside our interpreter, beside Coral's own library inside LiteRT.
@Suite(.enabled(if: SharedData.isPresent, "needs the shared data"))
struct CoralDecoderTests {
  static let photos = ["test_couple", "three_people"]

  @Test(arguments: photos, [Engine.reference, .fast(InstructionSet.available)])
  func operatorAgrees(_ photo: String, _ engine: Engine) throws {
    let reference = try ReferenceCase("coral-353-481-quant-decoder/\(photo)")
    let outputs = try CoralPoses(try reference.run(engine))
    let expected = try CoralPoses((0..<4).map { try reference.array("output_\($0)") })
    #expect(outputs.count == expected.count && expected.count >= 2)
    #expect(outputs.room == 10)
    let comparison = outputs.compared(to: expected, leastScore: 0.2)
    #expect(comparison.keypoints >= 26)
    print("Coral's decoder, \(photo), beside Coral's library: \(comparison)")
    #expect(comparison.distance <= 0.5 && comparison.score <= 0.02, "\(comparison)")
    #expect(try outputs.unusedRowsAreZero())
  }

  /// The file without its decoder, decoded outside of the graph.
  @Test(arguments: photos)
  func profileAgreesWithTheOperator(_ photo: String) throws {
    let path = SharedData.path("models/coral/posenet_mobilenet_v1_075_353_481_quant_decoder.tflite")
    let image = try ImageDecoder.read(path: SharedData.path("images/\(photo).jpg"))
    let reference = try ReferenceCase("coral-353-481-quant-decoder/\(photo)")
    let expected = try CoralPoses((0..<4).map { try reference.array("output_\($0)") })
    let poses = try PoseEstimator(model: path).poses(in: image.pixels)
    #expect(poses.count == expected.count)
    var compared = 0
    for (index, pose) in poses.enumerated() {
      #expect(abs(pose.score - Double(expected.poseScores[index])) <= 0.02)
      for (k, keypoint) in pose.keypoints.enumerated() where expected.score(index, k) > 0.2 {
        compared += 1
        let (x, y) = expected.position(index, k)
        let position = try #require(keypoint?.position)
        let (scaleX, scaleY) = (Double(image.width) / 481, Double(image.height) / 353)
        #expect(abs(position.x / scaleX - Double(x)) <= 0.5)
        #expect(abs(position.y / scaleY - Double(y)) <= 0.5)
      }
    }
    #expect(compared >= 26)
  }

  /// The component model on what the network without a decoder gives.
  @Test(arguments: photos)
  func decoderAlone(_ photo: String) throws {
    let network = try ReferenceCase("coral-353-481-quant/\(photo)")
    let graph = try ModelReader.read(
      contentsOf: SharedData.path("models/\(network.description.model)")
    ).graph
    let operands = try (0..<3).map { index in
      let value = graph[graph.outputs[index]]
      let array = try network.array("xnnpack_\(index)")
      return (
        value.name,
        try Tensor(
          shape: array.shape, elementType: .uint8, quantization: value.quantization,
          bytes: array.bytes)
      )
    }
    let model = "models/coral/posenet_mobilenet_v1_075_353_481_decoder.tflite"
    let interpreter = try Interpreter(
      graph: try ModelReader.read(contentsOf: SharedData.path(model)).graph,
      customOperators: .poses)
    try interpreter.allocateTensors()
    for (name, tensor) in operands {
      try interpreter.setInput(
        Tensor(try tensor.realElements(), shape: tensor.shape), named: name)
    }
    try interpreter.invoke()
    let poses = try CoralPoses((0..<4).map { try interpreter.output(at: $0) })
    #expect(poses.room == 20 && poses.count >= 2)
    let same = try PoseNetDecoder(
      profile: .coral, inputSize: ModelSize(width: 481, height: 353)
    ).decode(PoseNetOutputs(operands.map { (name: $0.0, tensor: $0.1) }))
    #expect(same.count == poses.count)
    for (index, pose) in same.enumerated() {
      for (k, keypoint) in pose.keypoints.enumerated() {
        let (x, y) = poses.position(index, k)
        let position = try #require(keypoint?.position)
        #expect(abs(position.x - Double(x)) < 1e-3 && abs(position.y - Double(y)) < 1e-3)
      }
    }
  }
}
