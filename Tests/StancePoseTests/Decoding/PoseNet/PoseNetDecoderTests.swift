import StanceTensors
import Testing

@testable import StancePose

@Suite struct PoseNetDecoderTests {
  static let twoPeople = SyntheticPoseNet(
    rows: 23, columns: 31, strideY: 16, strideX: 16,
    people: [
      .init(standingPerson(nose: ModelPoint(x: 101.3, y: 61.7)), logit: 3),
      .init(standingPerson(nose: ModelPoint(x: 331.1, y: 85.4)), logit: 5),
    ])
  let size = ModelSize(width: 481, height: 353)

  /// The greatest distance between a pose's keypoints and `points`, and how many were compared.
  func farthest(_ pose: ModelPose, _ points: [ModelPoint]) -> (distance: Double, count: Int) {
    let distances = zip(pose.keypoints, points).compactMap { $0?.position.distance(to: $1) }
    return (distances.max() ?? .infinity, distances.count)
  }

  @Test(arguments: [PoseNetProfile.tfjs, .posenetPython])
  func findsTwoPeopleTheStrongerFirst(profile: PoseNetProfile) throws {
    let network = Self.twoPeople
    let poses = try PoseNetDecoder(profile: profile, inputSize: size).decode(network.outputs())
    try #require(poses.count == 2)
    for (pose, person) in zip(poses, network.people.reversed()) {
      let (distance, count) = farthest(pose, person.keypoints)
      #expect(count == 17 && distance < 1e-4)
      #expect(abs(pose.score - sigmoid(Double(person.logits[0]))) < 1e-9)
    }
  }

  @Test func orderAndPackingOfTheOutputsDoNotMatter() throws {
    let network = Self.twoPeople
    let decoder = PoseNetDecoder(profile: .tfjs, inputSize: size)
    let expected = try decoder.decode(network.outputs())
    let named = try network.named()
    #expect(try decoder.decode(PoseNetOutputs(named.reversed())) == expected)
    let coral = [
      ("mid", try network.joinedDisplacements()), ("short", named[1].tensor),
      ("heat", named[0].tensor),
    ]
    #expect(try decoder.decode(PoseNetOutputs(coral)) == expected)
  }

  @Test func quantizedOutputsAreDequantized() throws {
    let network = Self.twoPeople
    let named = try network.named()
    let outputs = try PoseNetOutputs([
      ("heat", quantized(named[0].tensor, scale: 0.1, zeroPoint: 128)),
      ("short", quantized(named[1].tensor, scale: 0.0784, zeroPoint: 128)),
      ("mid", quantized(network.joinedDisplacements(), scale: 1.3875, zeroPoint: 117)),
    ])
    let poses = try PoseNetDecoder(profile: .tfjs, inputSize: size).decode(outputs)
    try #require(poses.count == 2)
    let (distance, count) = farthest(poses[0], network.people[1].keypoints)
    #expect(count == 17 && distance < 0.06)
    #expect(abs(poses[0].score - sigmoid(5)) < 1e-6)
  }

  @Test func parametersLimitWhatIsFound() throws {
    let outputs = try Self.twoPeople.outputs()
    func count(_ change: (inout PoseNetParameters) -> Void) throws -> Int {
      var decoder = PoseNetDecoder(profile: .tfjs, inputSize: size)
      change(&decoder.parameters)
      return try decoder.decode(outputs).count
    }
    #expect(try count { $0.maxPoses = 1 } == 1)
    #expect(try count { $0.maxPoses = 0 } == 0)
    #expect(try count { $0.maxPoses = -3 } == 0)
    #expect(try count { $0.minPoseScore = sigmoid(4) } == 1)
    #expect(try count { $0.minPoseScore = 1 } == 0)
    #expect(try count { $0.scoreThreshold = sigmoid(4) } == 1)
    #expect(try count { $0.nmsRadius = 1000 } == 1)
    #expect(try count { $0.refinementSteps = -1 } == 2)
  }

  @Test func onePersonIsTheHighestCellOfEachHeatmap() throws {
    let network = Self.twoPeople
    var parameters = PoseNetProfile.tfjs.parameters
    parameters.people = .one
    let poses = try PoseNetDecoder(parameters: parameters, inputSize: size)
      .decode(network.outputs())
    try #require(poses.count == 1)
    #expect(farthest(poses[0], network.people[1].keypoints).distance < 1e-4)
  }

  @Test func articleStretchesTheGridOverTheInput() throws {
    // Cell (2, 3) of 9x9 with offsets (y 4.25, x -7.5) in a 257x257 input.
    var network = SyntheticPoseNet(rows: 9, columns: 9, strideY: 32, strideX: 32, people: [])
    let cell = 2 * 9 + 3
    network.heatmaps[cell * 17] = 2
    network.offsets[cell * 34] = 4.25
    network.offsets[cell * 34 + 17] = -7.5
    var decoder = PoseNetDecoder(
      profile: .article, inputSize: ModelSize(width: 257, height: 257))
    let outputs = try PoseNetOutputs(Array(network.named().prefix(2)))
    let pose = try #require(try decoder.decode(outputs).first)
    let nose = try #require(pose.keypoints[0])
    let expected = ModelPoint(x: 3.0 / 8 * 257 - 7.5, y: 2.0 / 8 * 257 + 4.25)
    #expect(nose.position == expected)
    #expect(abs(nose.score - 0.8807970779778823) < 1e-12)
    decoder.parameters.truncatesPositions = true
    let truncated = try #require(try decoder.decode(outputs).first)
    #expect(truncated.keypoints[0]?.position == ModelPoint(x: 88, y: 68))
    decoder.parameters.minPoseScore = 0.9
    #expect(try decoder.decode(outputs).isEmpty)
  }

  @Test func severalPeopleNeedDisplacements() throws {
    let outputs = try PoseNetOutputs(Array(Self.twoPeople.named().prefix(2)))
    let error = #expect(throws: PoseDecodingError.self) {
      try PoseNetDecoder(profile: .tfjs, inputSize: size).decode(outputs)
    }
    #expect(error?.code == .missingOutput)
    #expect(try PoseNetDecoder(profile: .article, inputSize: size).decode(outputs).count == 1)
  }

  @Test func mappingToTheImageIsPlainScaling() throws {
    let network = Self.twoPeople
    let pose = try #require(
      try PoseNetDecoder(profile: .tfjs, inputSize: size).decode(network.outputs()).last)
    let placed = pose.pose(
      modelToImage: AffineTransform(scaleX: 2, scaleY: 3),
      imageSize: ImageSize(width: 962, height: 500))
    #expect(placed.keypoints.count == 17)
    for (keypoint, point) in zip(placed.keypoints, network.people[0].keypoints) {
      let keypoint = try #require(keypoint)
      #expect(keypoint.position.distance(to: ImagePoint(x: point.x * 2, y: point.y * 3)) < 1e-3)
      #expect(keypoint.isInsideImage == (point.y * 3 < 500))
    }
    #expect(placed.score == pose.score)
  }

  @Test func profilesHaveTheirNamesAndDefaults() {
    #expect(
      PoseNetProfile.allCases.map(\.rawValue) == ["tfjs", "posenet-python", "article", "coral"])
    #expect(PoseNetProfile.posenetPython.parameters.minPoseScore == 0.5)
    #expect(PoseNetProfile.posenetPython.parameters.refinementSteps == 1)
    #expect(PoseNetProfile.tfjs.parameters.maxPoses == 5)
    #expect(!PoseNetProfile.article.parameters.truncatesPositions)
  }
}
