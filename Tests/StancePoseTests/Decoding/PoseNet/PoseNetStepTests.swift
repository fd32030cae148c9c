import StanceTensors
import Testing

@testable import StancePose

/// The single steps of ``PoseNetDecoder``, and outputs that hold nonsense.
@Suite struct PoseNetStepTests {
  let size = ModelSize(width: 65, height: 65)

  func network(_ set: (inout SyntheticPoseNet) -> Void) throws -> PoseNetOutputs {
    var network = SyntheticPoseNet(rows: 5, columns: 5, strideY: 16, strideX: 16, people: [])
    set(&network)
    return try network.outputs()
  }

  @Test func plateausAreMaximaAndStandInOrder() throws {
    let outputs = try network {
      for cell in [6, 7] { $0.heatmaps[cell * 17 + 3] = 2 }
      $0.heatmaps[20 * 17 + 1] = 2
      $0.heatmaps[12 * 17 + 1] = 1
      $0.heatmaps[13 * 17 + 1] = 3
    }
    let roots = PoseNetDecoder(profile: .tfjs, inputSize: size).roots(outputs)
    #expect(
      roots == [
        PoseNetRoot(keypoint: 1, cell: GridCell(row: 2, column: 3), logit: 3),
        PoseNetRoot(keypoint: 1, cell: GridCell(row: 4, column: 0), logit: 2),
        PoseNetRoot(keypoint: 3, cell: GridCell(row: 1, column: 1), logit: 2),
        PoseNetRoot(keypoint: 3, cell: GridCell(row: 1, column: 2), logit: 2),
      ])
  }

  @Test func theThresholdItselfCounts() throws {
    let outputs = try network { $0.heatmaps[0] = 0 }
    #expect(PoseNetDecoder(profile: .tfjs, inputSize: size).roots(outputs).count == 1)
  }

  @Test func anEmptyGridHoldsNobody() throws {
    let outputs = try network { _ in }
    #expect(try PoseNetDecoder(profile: .tfjs, inputSize: size).decode(outputs).isEmpty)
    let single = try PoseNetDecoder(profile: .article, inputSize: size).decode(outputs)
    #expect(single.count == 1 && single[0].score < 1e-4)
    #expect(single[0].keypoints[0]?.position == .zero)
  }

  @Test func tiesOfOnePersonGoToTheFirstCell() throws {
    let outputs = try network {
      for cell in [8, 3, 19] { $0.heatmaps[cell * 17 + 5] = 1 }
    }
    let decoder = PoseNetDecoder(profile: .article, inputSize: size)
    #expect(decoder.highestCell(of: 5, outputs) == GridCell(row: 0, column: 3))
  }

  @Test func coveredKeypointsDoNotCount() {
    let decoder = PoseNetDecoder(profile: .tfjs, inputSize: size)
    func pose(x: Double) -> [ModelKeypoint?] {
      (0..<17).map { ModelKeypoint(position: ModelPoint(x: x, y: Double($0)), score: 0.5) }
    }
    let first = ModelPose(skeleton: .coco17, keypoints: pose(x: 0), score: 0.5)
    #expect(decoder.instanceScore(pose(x: 0), besides: []) == 0.5)
    #expect(decoder.instanceScore(pose(x: 20), besides: [first]) == 0)
    #expect(decoder.instanceScore(pose(x: 20.01), besides: [first]) == 0.5)
    var half = pose(x: 30)
    for index in 0..<16 { half[index] = nil }
    #expect(decoder.instanceScore(half, besides: [first]) == 0.5 / 17)
  }

  @Test func theScoreIsReadWhereTheProfileSays() throws {
    // The displacement leads to cell (0, 1), whose offset leads on to cell (0, 2).
    let outputs = try network {
      $0.forward[16] = 16
      $0.offsets[1 * 34 + 17 + 1] = 16
      $0.heatmaps[1 * 17 + 1] = 1
      $0.heatmaps[2 * 17 + 1] = 2
    }
    func hop(_ cell: PoseNetParameters.ScoreCell, steps: Int) throws -> ModelKeypoint? {
      let forward = try #require(outputs.forward)
      return PoseNetGrowth(
        outputs: outputs,
        grid: try PoseNetGrid(
          rows: 5, columns: 5, inputSize: size, mapping: .cellsAtStride, rounding: .halfUp),
        forward: forward, backward: forward, refinementSteps: steps, scoreCell: cell
      ).hop(from: .zero, forward, edge: 0, to: 1)
    }
    let there = ModelPoint(x: 32, y: 0)
    #expect(try hop(.displaced, steps: 1) == ModelKeypoint(position: there, score: sigmoid(1)))
    #expect(try hop(.refined, steps: 1) == ModelKeypoint(position: there, score: sigmoid(2)))
    #expect(try hop(.refined, steps: 7) == ModelKeypoint(position: there, score: sigmoid(2)))
    #expect(
      try hop(.refined, steps: 0)
        == ModelKeypoint(position: ModelPoint(x: 16, y: 0), score: sigmoid(1)))
  }

  @Test func aGridOfOneCellDecodes() throws {
    let person = [ModelPoint](repeating: ModelPoint(x: 3, y: 4), count: 17)
    let network = SyntheticPoseNet(
      rows: 1, columns: 1, strideY: 9, strideX: 9, people: [.init(person)])
    for profile in PoseNetProfile.allCases {
      let decoder = PoseNetDecoder(profile: profile, inputSize: ModelSize(width: 9, height: 9))
      let poses = try decoder.decode(network.outputs())
      #expect(poses.count == 1)
      // Coral keeps positions among the centres of the cells, of which there is one.
      let expected = profile == .coral ? .zero : person[0]
      #expect(poses.first?.keypoints.allSatisfy { $0?.position == expected } == true)
    }
  }

  @Test func whatIsNotANumberIsAbsent() throws {
    let outputs = try network {
      $0.heatmaps = $0.heatmaps.enumerated().map { $0.offset % 17 == 2 ? .nan : $0.element }
      $0.heatmaps[0] = 3
      $0.offsets[1] = .infinity
    }
    let single = try PoseNetDecoder(profile: .article, inputSize: size).decode(outputs)
    try #require(single.count == 1)
    #expect(single[0].keypoints[2] == nil)
    #expect(single[0].keypoints[1] == nil)
    #expect(single[0].keypoints[0] != nil)
    let grown = try PoseNetDecoder(profile: .tfjs, inputSize: size).decode(outputs)
    try #require(grown.count == 1)
    #expect(grown[0].keypoints[1] == nil)
    // Reached, but scored 0: its heat map has no number.
    #expect(grown[0].keypoints[2]?.score == 0)
  }

  @Test(arguments: PoseNetProfile.allCases)
  func nonsenseNeverTraps(profile: PoseNetProfile) throws {
    var poseCount = 0
    for seed in 0..<60 as Range<UInt64> {
      let (rows, columns) = (1 + Int(seed % 7), 1 + Int(seed % 5))
      func tensor(_ channels: Int) throws -> Tensor {
        try Tensor(
          awkwardFloats(count: rows * columns * channels, seed: seed &* 100 &+ UInt64(channels)),
          shape: Shape([1, rows, columns, channels]))
      }
      let outputs = try PoseNetOutputs([
        ("a", tensor(17)), ("b", tensor(34)), ("c", tensor(64)),
      ])
      var decoder = PoseNetDecoder(
        profile: profile, inputSize: ModelSize(width: 97, height: 65))
      decoder.parameters.minPoseScore = 0
      decoder.parameters.truncatesPositions = seed % 2 == 0
      for pose in try decoder.decode(outputs) {
        poseCount += 1
        #expect((0...1).contains(pose.score))
        for case let keypoint? in pose.keypoints {
          #expect(keypoint.position.isFinite && (0...1).contains(keypoint.score))
        }
      }
    }
    #expect(poseCount >= 60)
  }
}
