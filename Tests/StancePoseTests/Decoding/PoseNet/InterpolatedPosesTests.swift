import StanceTensors
import Testing

@testable import StancePose

/// Coral's way of decoding, step by step.
@Suite struct InterpolatedPosesTests {
  static let couple = DensePoseNet(
    rows: 23, columns: 31, stride: 16,
    people: [
      standingPerson(nose: ModelPoint(x: 101.3, y: 61.7)),
      standingPerson(nose: ModelPoint(x: 331.1, y: 85.4)),
    ])

  @Test func valuesBetweenCellsLieOnStraightLines() throws {
    let (rows, columns) = (3, 4)
    let numbers = (0..<rows * columns).map { Float($0 / columns) * 10 + Float($0 % columns) }
    let grid = try FeatureGrid(
      Tensor(numbers, shape: [1, rows, columns, 1]), name: "numbers")
    var compared = 0
    for (row, column) in [(0.0, 0.0), (0.75, 1.32), (2, 3), (1.5, 3), (-4, 1.5), (9, 9.5)] {
      let cells = BilinearCells(row: row, column: column, rows: rows, columns: columns)
      let expected = 10 * min(max(row, 0), 2) + min(max(column, 0), 3)
      #expect(abs(grid.value(between: cells, 0) - expected) < 1e-12)
      compared += 1
    }
    #expect(compared == 6)
    let alone = BilinearCells(row: 5, column: -5, rows: 1, columns: 1)
    #expect(alone.bottomRight == 0 && alone.down == 0 && alone.right == 0)
  }

  /// What `std::priority_queue` of GNU's C++ library gave for these keys.
  @Test func equalRootsComeAsFromGNUsQueue() {
    let keys = [2, 2, 1, 3, 3, 3, 2, 3, 0, 2, 1, 3, 0, 0, 1, 3, 1, 3, 1, 2, 2, 2, 3, 3]
    var heap = BinaryHeap<(key: Int, number: Int)> { $0.key < $1.key }
    for (number, key) in keys.enumerated() { heap.insert((key, number)) }
    #expect(heap.count == 24)
    var order: [Int] = []
    while let next = heap.removeGreatest() { order.append(next.number) }
    #expect(
      order == [
        3, 5, 11, 23, 4, 22, 7, 17, 15, 6, 21, 0, 20, 9, 19, 1, 14, 10, 2, 16, 18, 12, 8, 13,
      ])
    #expect(heap.removeGreatest() == nil)
  }

  @Test(arguments: [false, true])
  func findsTwoPeople(isQuantized: Bool) throws {
    let network = Self.couple
    var named = try network.named()
    if isQuantized {
      named = try zip(named, [0.0625, 2, 2, 2] as [Float]).map { output, scale in
        (output.name, try quantized(output.tensor, scale: scale, zeroPoint: 128))
      }
    }
    let poses = try PoseNetDecoder(profile: .coral, inputSize: network.inputSize)
      .decode(PoseNetOutputs(named))
    try #require(poses.count == 2)
    #expect(poses[0].score >= poses[1].score)
    var compared = 0
    for pose in poses {
      let person = try #require(
        network.people.min {
          $0[0].distance(to: pose.keypoints[0]!.position)
            < $1[0].distance(to: pose.keypoints[0]!.position)
        })
      for (keypoint, point) in zip(pose.keypoints, person) {
        let keypoint = try #require(keypoint)
        #expect(keypoint.position.distance(to: point) < (isQuantized ? 2 : 1e-3))
        compared += 1
      }
    }
    #expect(compared == 34)
  }

  @Test func positionsStayWithinTheGrid() throws {
    let network = DensePoseNet(
      rows: 9, columns: 9, stride: 16,
      people: [standingPerson(nose: ModelPoint(x: 64, y: 20), scale: 0.9)])
    let poses = try PoseNetDecoder(profile: .coral, inputSize: network.inputSize)
      .decode(PoseNetOutputs(network.named()))
    let pose = try #require(poses.first)
    #expect(network.people[0][15].y > 128)
    #expect(pose.keypoints[15]?.position.y == 128)
  }

  @Test func aBetterPoseTakesSharedKeypoints() {
    let decoder = PoseNetDecoder(profile: .coral, inputSize: Self.couple.inputSize)
    func pose(x: Double, score: Double) -> ModelPose {
      let keypoints = (0..<17).map {
        ModelKeypoint(position: ModelPoint(x: x, y: Double($0) * 30), score: score)
      }
      return ModelPose(skeleton: .coco17, keypoints: keypoints, score: score)
    }
    var half = pose(x: 9, score: 0.6)
    for index in 0..<8 { half.keypoints[index]?.position.x = 50 }
    let rescored = decoder.rescored([pose(x: 5, score: 0.7), half, pose(x: 0, score: 0.9)])
    #expect(
      zip(rescored.map(\.score), [0.9, 0.6 * 8 / 17, 0]).allSatisfy { abs($0 - $1) < 1e-9 })
    #expect(rescored[0].keypoints[0]?.position.x == 0)
  }

  @Test func thresholdsAndRoomLimitWhatIsFound() throws {
    let outputs = try PoseNetOutputs(Self.couple.named())
    func count(_ change: (inout PoseNetParameters) -> Void) throws -> Int {
      var decoder = PoseNetDecoder(profile: .coral, inputSize: Self.couple.inputSize)
      change(&decoder.parameters)
      return try decoder.decode(outputs).count
    }
    #expect(try count { _ in } == 2)
    #expect(try count { $0.maxPoses = 1 } == 1)
    #expect(try count { $0.maxPoses = 0 } == 0)
    #expect(try count { $0.scoreThreshold = 1 } == 0)
    #expect(try count { $0.minPoseScore = 1 } == 0)
    #expect(try count { $0.nmsRadius = 1000 } == 1)
    #expect(try count { $0.refinementSteps = -1 } == 2)
  }

  @Test func cellsBelongToThePersonTheyPointTo() throws {
    let network = Self.couple
    let outputs = try PoseNetOutputs(network.named())
    let decoder = PoseNetDecoder(profile: .coral, inputSize: network.inputSize)
    let poses = try decoder.decode(outputs)
    let instances = try #require(try decoder.instances(of: poses, in: outputs))
    var compared = 0
    for row in 0..<instances.rows {
      for column in 0..<instances.columns {
        let place = ModelPoint(x: Double(column) * 16, y: Double(row) * 16)
        let expected = (0..<2).min { left, right in
          poses[left].keypoints[11]!.position.squaredDistance(to: place)
            < poses[right].keypoints[11]!.position.squaredDistance(to: place)
        }
        if instances.nearestPose(row: row, column: column) == expected { compared += 1 }
      }
    }
    // Where two people's fields meet, vectors are mixed.
    #expect(compared >= instances.rows * instances.columns * 97 / 100)
    let nobody = try #require(try decoder.instances(of: [], in: outputs))
    #expect(nobody.nearestPose(row: 0, column: 0) == nil)
    let short = try PoseNetOutputs(Array(network.named().prefix(3)))
    #expect(try decoder.instances(of: poses, in: short) == nil)
  }

  /// A benchmark: the time is printed, not held against anything.
  @Test func twentyPeopleDecode() throws {
    let network = DensePoseNet.crowd(of: 20, rows: 46, columns: 81, across: 10)
    let named = try zip(network.named().prefix(3), [0.0625, 10, 10] as [Float]).map {
      output, scale in
      (name: output.name, tensor: try quantized(output.tensor, scale: scale, zeroPoint: 128))
    }
    var decoder = PoseNetDecoder(profile: .coral, inputSize: network.inputSize)
    decoder.parameters.maxPoses = 20
    var (reading, decoding) = (Duration.seconds(1000), Duration.seconds(1000))
    var count = 0
    let clock = ContinuousClock()
    for _ in 0..<30 {
      let start = clock.now
      let outputs = try PoseNetOutputs(named)
      let middle = clock.now
      count = try decoder.decode(outputs).count
      decoding = min(decoding, clock.now - middle)
      reading = min(reading, middle - start)
    }
    #expect(count == 20)
    print(
      "benchmark: \(count) people from a grid of 46x81: \(decoding) to decode, "
        + "\(reading) to dequantise before")
  }
}
