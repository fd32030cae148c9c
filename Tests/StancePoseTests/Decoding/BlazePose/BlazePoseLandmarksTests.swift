import StanceTensors
import Testing

@testable import StancePose

@Suite struct BlazePoseLandmarksTests {
  /// Outputs of the landmark model with landmark k at (4 k, 250 - 5 k, k), in pixels of the input.
  struct Network {
    var landmarks: [Float]
    var confidence: Float = 0.75
    var heatmaps = [Float](repeating: -10, count: 64 * 64 * 39)
    var world: [Float]

    init() {
      landmarks = (0..<39).flatMap { index -> [Float] in
        let k = Float(index)
        return [4 * k, 250 - 5 * k, k, k / 10, -k / 10]
      }
      world = (0..<39).flatMap { [Float($0) / 100, 1, -Float($0)] }
    }

    /// Landmarks, confidence, mask, heat maps, world: the model's own order.
    func tensors() throws -> [Tensor] {
      [
        try Tensor(landmarks, shape: [1, 195]), try Tensor([confidence], shape: [1, 1]),
        try Tensor([Float](repeating: 0, count: 64 * 64), shape: [1, 64, 64, 1]),
        try Tensor(heatmaps, shape: [1, 64, 64, 39]), try Tensor(world, shape: [1, 117]),
      ]
    }
  }

  let region = RotatedRegion(center: ImagePoint(x: 300, y: 200), side: 512, rotation: 0)
  let imageSize = ImageSize(width: 640, height: 480)

  func decode(_ network: Network, region: RotatedRegion? = nil) throws -> BlazePoseLandmarks? {
    try BlazePoseLandmarkDecoder().decode(
      outputs: network.tensors(), region: region ?? self.region, imageSize: imageSize)
  }

  @Test func landmarksAreProjectedToTheImage() throws {
    let pose = try #require(try decode(Network())).pose
    #expect(pose.skeleton == .blazePose33)
    #expect(pose.score == 0.75)
    #expect(pose.keypoints.count == 33)
    for (index, keypoint) in pose.keypoints.enumerated() {
      let keypoint = try #require(keypoint)
      let k = Double(index)
      let expected = ImagePoint(x: 44 + 8 * k, y: -56 + 2 * (250 - 5 * k))
      #expect(keypoint.position.distance(to: expected) < 1e-9)
      #expect(keypoint.isInsideImage == (expected.y < 480))
      #expect(abs((keypoint.visibility ?? -1) - sigmoid(k / 10)) < 1e-6)
      #expect(abs((keypoint.presence ?? -1) - sigmoid(-k / 10)) < 1e-6)
      #expect(keypoint.score == keypoint.visibility)
      #expect(abs((keypoint.depth ?? 99) - 2 * k) < 1e-9)
      #expect(abs((keypoint.world?.x ?? 99) - k / 100) < 1e-6)
      #expect(keypoint.world?.z == -k)
    }
  }

  @Test func aTurnedRegionTurnsLandmarksAndWorld() throws {
    let turned = RotatedRegion(center: region.center, side: 512, rotation: .pi / 2)
    let pose = try #require(try decode(Network(), region: turned)).pose
    let keypoint = try #require(pose.keypoints[10])
    // (40, 200) in the input is (-176, 144) from the centre at the region's scale.
    #expect(keypoint.position.distance(to: ImagePoint(x: 300 - 144, y: 200 - 176)) < 1e-9)
    let world = try #require(keypoint.world)
    #expect(abs(world.x + 1) < 1e-6 && abs(world.y - 0.1) < 1e-6 && world.z == -10)
  }

  @Test func theAuxiliaryLandmarksGiveTheNextRegion() throws {
    var network = Network()
    network.landmarks.replaceSubrange(33 * 5..<33 * 5 + 2, with: [128, 128])
    network.landmarks.replaceSubrange(34 * 5..<34 * 5 + 2, with: [128, 28])
    let next = try #require(try decode(network)).nextRegion
    #expect(next == RotatedRegion(center: region.center, side: 500, rotation: 0))
    network.landmarks[34 * 5] = .nan
    #expect(try #require(try decode(network)).nextRegion == nil)
  }

  @Test func theConfidenceDecides() throws {
    var network = Network()
    network.confidence = 0.5
    #expect(try decode(network) != nil)
    network.confidence = 0.4999
    #expect(try decode(network) == nil)
    network.confidence = .nan
    #expect(try decode(network) == nil)
    let lenient = BlazePoseLandmarkDecoder(poseThreshold: 0.1)
    network.confidence = 0.2
    #expect(
      try lenient.decode(outputs: network.tensors(), region: region, imageSize: imageSize)?.pose
        .score == Double(Float(0.2)))
  }

  @Test func outputsAreFoundByShapeAndTheOptionalOnesMayBeMissing() throws {
    let tensors = try Network().tensors()
    let decoder = BlazePoseLandmarkDecoder()
    let expected = try decoder.decode(outputs: tensors, region: region, imageSize: imageSize)
    #expect(
      try decoder.decode(outputs: tensors.reversed(), region: region, imageSize: imageSize)
        == expected)
    let bare = try decoder.decode(
      outputs: Array(tensors[..<2]), region: region, imageSize: imageSize)
    #expect(bare?.pose.keypoints[3]?.position == expected?.pose.keypoints[3]?.position)
    #expect(bare?.pose.keypoints[3]?.world == nil)
    #expect(BlazePoseLandmarkDecoder.recognizes(outputShapes: tensors.map(\.shape)))
    #expect(!BlazePoseLandmarkDecoder.recognizes(outputShapes: [tensors[0].shape]))
    let error = #expect(throws: PoseDecodingError.self) {
      try decoder.decode(outputs: [tensors[1]], region: region, imageSize: imageSize)
    }
    #expect(error?.code == .missingOutput)
    #expect(throws: PoseDecodingError.self) {
      try decoder.decode(
        outputs: tensors, region: region, imageSize: imageSize,
        inputSize: ModelSize(width: 0, height: 256))
    }
  }

  @Test func whatIsNotANumberIsAbsent() throws {
    var network = Network()
    network.landmarks[5 * 5] = .nan
    network.landmarks[6 * 5 + 1] = .infinity
    network.landmarks[7 * 5 + 2] = .nan
    network.landmarks[8 * 5 + 3] = .nan
    network.landmarks[8 * 5 + 4] = .nan
    network.world[9 * 3] = .nan
    let pose = try #require(try decode(network)).pose
    #expect(pose.keypoints[5] == nil)
    #expect(pose.keypoints[6] == nil)
    #expect(pose.keypoints[7] != nil && pose.keypoints[7]?.depth == nil)
    #expect(pose.keypoints[8]?.visibility == 0 && pose.keypoints[8]?.presence == 0)
    #expect(pose.keypoints[9] != nil && pose.keypoints[9]?.world == nil)
    #expect(pose.box.width.isFinite)
    for seed in 0..<40 as Range<UInt64> {
      network.landmarks = awkwardFloats(count: 195, seed: seed)
      network.world = awkwardFloats(count: 117, seed: seed)
      network.heatmaps = awkwardFloats(count: 64 * 64 * 39, seed: seed)
      let pose = try #require(try decode(network)).pose
      for case let keypoint? in pose.keypoints {
        #expect(keypoint.position.isFinite && (0...1).contains(keypoint.score))
      }
    }
  }
}

@Suite struct HeatmapRefinementTests {
  /// A heat map of one channel, 10 wide and 8 high, with logits at (row, column).
  func heatmaps(_ logits: [(row: Int, column: Int, logit: Float)]) throws -> FeatureGrid {
    var values = [Float](repeating: -.infinity, count: 80)
    for item in logits { values[item.row * 10 + item.column] = item.logit }
    return try FeatureGrid(Tensor(values, shape: [1, 8, 10, 1]), name: "heat maps")
  }

  func refined(
    _ x: Double, _ y: Double, _ logits: [(row: Int, column: Int, logit: Float)]
  ) throws -> NormalizedPoint? {
    try HeatmapRefinement(windowSize: 7).refined(
      NormalizedPoint(x: x, y: y), heatmaps: heatmaps(logits), channel: 0)
  }

  @Test func theCentroidIsWeightedByProbability() throws {
    let point = try #require(try refined(0.55, 0.55, [(3, 4, 0), (5, 7, 100)]))
    // Weights 0.5 and 1.
    #expect(abs(point.x - (4 * 0.5 + 7) / 1.5 / 10) < 1e-9)
    #expect(abs(point.y - (3 * 0.5 + 5) / 1.5 / 8) < 1e-9)
  }

  @Test func onlyTheWindowCounts() throws {
    // About cell (4, 5): columns 2 to 8, rows 1 to 7.
    #expect(try refined(0.55, 0.55, [(4, 1, 9), (0, 5, 9), (4, 9, 9)]) == nil)
    let corner = try #require(try refined(0.55, 0.55, [(7, 8, 9), (0, 8, 9)]))
    #expect(corner.distance(to: NormalizedPoint(x: 0.8, y: 7.0 / 8)) < 1e-12)
  }

  @Test func theWindowIsCutOffAtTheBorder() throws {
    let corner = try #require(try refined(0.99, 0.99, [(7, 9, 9)]))
    #expect(corner.distance(to: NormalizedPoint(x: 0.9, y: 7.0 / 8)) < 1e-12)
    #expect(try refined(0, 0, [(0, 0, 9)]) == NormalizedPoint(x: 0, y: 0))
  }

  @Test func anUnsureHeatmapMovesNothing() throws {
    #expect(try refined(0.5, 0.5, [(4, 5, -0.01)]) == nil)
    #expect(try refined(0.5, 0.5, [(4, 5, 0)]) != nil)
    #expect(try refined(0.5, 0.5, [(4, 5, .nan)]) == nil)
    #expect(try refined(0.5, 0.5, []) == nil)
  }

  @Test func landmarksOutsideStay() throws {
    let sure: [(row: Int, column: Int, logit: Float)] = [(0, 0, 9)]
    #expect(try refined(1, 0.5, sure) == nil)
    #expect(try refined(-0.1, 0.5, sure) == nil)
    // Less than one cell before the first counts as the first.
    #expect(try refined(-0.09, 0, sure) != nil)
    #expect(try refined(.nan, 0.5, sure) == nil)
    #expect(try refined(0.5, .infinity, sure) == nil)
  }
}
