import StanceFormats
import StanceImaging
import StanceKit
import StanceMedia
import StancePose
import StanceRuntime
import StanceTensors
import StanceTestSupport
import Testing

/// The results that Coral publishes with its models, from photo to poses.
///
/// The older file's come from a photo resized by nearest neighbour, as project-posenet does it; the
/// newer ones' from one resized bilinearly with half-pixel centres and fractions cut off, as libcoral's
/// tests do it. Of the ways of resizing, these come nearest.
@Suite(.enabled(if: SharedData.isPresent, "needs the shared data"))
struct CoralPublishedTests {
  struct Case: Sendable, CustomStringConvertible {
    let model: String
    let image: String
    let size: ModelSize
    let interpolation: Interpolation
    /// Whether the file has fractions of the image.
    let hasFractions: Bool
    /// What the mean difference of keypoints is less than, in pixels.
    let meanDistance: Float

    var description: String { model }

    func input() throws -> Tensor {
      let image = try ImageDecoder.read(path: SharedData.path("images/\(image)")).pixels
      let size = try PixelSize(width: size.width, height: size.height)
      let tensor = try image.tensor(
        .stretched(image: image.size, to: size), by: interpolation, border: .replicated,
        format: InputFormat(element: .float32, normalization: .raw))
      return try Tensor(tensor.elements(as: Float.self).map { UInt8($0) }, shape: tensor.shape)
    }

    func expected() throws -> CoralPoses {
      try CoralPoses(
        csv: SharedData.path("references/coral-published/\(model)_reference.csv"),
        scale: hasFractions ? (Float(size.width), Float(size.height)) : (1, 1))
    }

    var path: String { SharedData.path("models/coral/\(model).tflite") }

    func run() throws -> [Tensor] {
      let interpreter = try Interpreter(
        graph: try ModelReader.read(contentsOf: path).graph, customOperators: .poses)
      try interpreter.allocateTensors()
      try interpreter.setInput(input(), at: 0)
      try interpreter.invoke()
      return try interpreter.outputs.indices.map { try interpreter.output(at: $0) }
    }
  }

  static let bodyPix = Case(
    model: "bodypix_mobilenet_v1_075_512_512_16_quant_decoder", image: "test_image.bmp",
    size: ModelSize(width: 512, height: 512), interpolation: .bilinear(.half), hasFractions: true,
    meanDistance: 0.2)

  static let cases = [
    Case(
      model: "posenet_mobilenet_v1_075_353_481_quant_decoder", image: "test_couple.jpg",
      size: ModelSize(width: 481, height: 353), interpolation: .nearest, hasFractions: false,
      meanDistance: 0.15),
    Case(
      model: "posenet_mobilenet_v1_075_353_481_16_quant_decoder", image: "test_image.bmp",
      size: ModelSize(width: 481, height: 353), interpolation: .bilinear(.half),
      hasFractions: true, meanDistance: 0.3),
    bodyPix,
  ]

  @Test(arguments: cases)
  func poses(_ test: Case) throws {
    let outputs = try CoralPoses(try test.run())
    let expected = try test.expected()
    let comparison = outputs.compared(to: expected, leastScore: 0.7)
    #expect(outputs.count == expected.count && expected.count == 2)
    #expect(comparison.keypoints >= 25)
    print("\(test.model) beside Coral's published results: \(comparison)")
    #expect(comparison.distance <= 4 && comparison.score <= 0.1, "\(comparison)")
    #expect(comparison.meanDistance <= test.meanDistance, "\(comparison)")
  }

  private func share(
    _ isFirst: (_ row: Int, _ column: Int) -> Bool, equalTo mask: Int
  ) throws -> Int {
    let picture = try ImageDecoder.read(
      path: SharedData.path("references/coral-published/mask\(mask).bmp")
    ).pixels
    #expect(picture.width == 33 && picture.height == 33)
    return (0..<33 * 33).count {
      (picture.pixels[$0 * 3] > 127) == (isFirst($0 / 33, $0 % 33) == (mask == 0))
    }
  }

  /// The operator's masks. LiteRT's two sets of kernels differ by one in a few long offsets and so
  /// come to 1056 and 1057 cells; 0.97 of all lies between.
  @Test func instanceMasks() throws {
    let outputs = try Self.bodyPix.run()
    let masks = outputs[4]
    #expect(masks.shape[2] == 33 && masks.shape[3] == 33)
    let cells: [Float] = try masks.elements()
    for index in 0..<2 {
      let equal = try share({ cells[$0 * 33 + $1] == 1 }, equalTo: index)
      print("BodyPix's instance mask \(index): \(equal) of 1089 cells are the published ones")
      #expect(equal >= 1056, "\(equal) of 1089")
    }
    #expect((0..<1089).allSatisfy { cells[$0] + cells[1089 + $0] == 1 })
  }

  /// The cells of the published poses.
  @Test func masksOfThePublishedPoses() throws {
    let graph = try ModelReader.read(contentsOf: Self.bodyPix.path).graph
    let node = try #require(graph.nodes.last)
    var network = graph
    network.nodes.removeLast()
    network.outputs = node.inputs.compactMap { $0 }
    let interpreter = try Interpreter(graph: network)
    try interpreter.allocateTensors()
    try interpreter.setInput(Self.bodyPix.input(), at: 0)
    try interpreter.invoke()
    let outputs = try PoseNetOutputs(
      interpreter.outputs.enumerated().map { ($1.name, try interpreter.output(at: $0)) })
    let published = try Self.bodyPix.expected()
    let poses = (0..<2).map { pose in
      ModelPose(
        skeleton: .coco17,
        keypoints: (0..<17).map { k in
          let (x, y) = published.position(pose, k)
          return ModelKeypoint(
            position: ModelPoint(x: Double(x), y: Double(y)),
            score: Double(published.score(pose, k)))
        }, score: Double(published.poseScores[pose]))
    }
    let decoder = PoseNetDecoder(
      profile: .coral, inputSize: ModelSize(width: 513, height: 513))
    let instances = try #require(try decoder.instances(of: poses, in: outputs))
    for index in 0..<2 {
      let equal = try share(
        { instances.nearestPose(row: $0, column: $1) == 0 }, equalTo: index)
      print("mask \(index) of the published poses: \(equal) of 1089 cells")
      #expect(Double(equal) >= 0.97 * 1089, "\(equal) of 1089")
    }
  }
}
