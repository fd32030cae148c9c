import StanceKit
import StanceMedia
import StancePose
import StanceTestSupport
import Testing

/// How far bfloat16 moves keypoints from where float32 puts them, on photos of people. Prints the
/// figures that `Documentation/NumericPolicy.md` gives.
@Suite(.enabled(if: SharedData.isPresent, "needs the shared data"))
struct PrecisionTests {
  static let photos = [
    "footballer.jpg", "pose.jpg", "squat.bmp", "test_couple.jpg", "test_image.bmp",
    "three_people.jpg", "coco/000000000785.jpg", "coco/000000040083.jpg",
    "coco/000000196141.jpg", "coco/000000197388.jpg",
  ]

  @Test(arguments: [
    "models/posenet/posenet_mobilenet_v1_075_257x257_float_stride16.tflite",
    "models/posenet/posenet_mobilenet_v1_075_257x257_float_stride32.tflite",
  ])
  func poseNet(_ model: String) throws {
    try compare(
      model: SharedData.path(model), model.split(separator: "/").last.map(String.init) ?? model)
  }

  @Test(.enabled(if: DefaultModel.isPresent, "needs the default model"))
  func blazePose() throws {
    try compare(model: nil, "pose_landmark_full")
  }

  private func compare(model: String?, _ name: String) throws {
    let all = try Self.moves(model: model, leastScore: 0)
    all.report("\(name), all people")
    let clear = try Self.moves(model: model, leastScore: 0.7)
    clear.report("\(name), people of a score from 0.7 up")
    #expect(all.people > 10 && clear.people > 0 && clear.percents.count > 10)
    #expect(all.lost <= all.people / 5)
    #expect(all.percents.percentile(0.5) < 0.3)
    #expect(clear.percents.percentile(0.95) < 1.5 && clear.scores.percentile(0.95) < 0.05)
  }

  /// Distances between the keypoints of the same people.
  struct Moves {
    var people = 0
    /// People that only one precision finds.
    var lost = 0
    /// Of keypoints that float32 gives a score of 0.5 or more.
    var pixels: [Double] = []
    /// Of the photo's longer side.
    var percents: [Double] = []
    /// Differences of those keypoints' scores.
    var scores: [Double] = []

    mutating func add(_ expected: Pose, _ actual: Pose, longerSide: Double) {
      for case (let old?, let new?) in zip(expected.keypoints, actual.keypoints)
      where old.score >= 0.5 {
        let distance = old.position.distance(to: new.position)
        pixels.append(distance)
        percents.append(100 * distance / longerSide)
        scores.append(abs(old.score - new.score))
      }
    }

    func report(_ name: String) {
      func row(_ label: String, _ numbers: [Double]) -> String {
        let parts = [0.5, 0.95, 1].map { "\((numbers.percentile($0) * 1e4).rounded() / 1e4)" }
        return "  \(label): median \(parts[0]), 95th percentile \(parts[1]), largest \(parts[2])"
      }
      print(
        "bfloat16 beside float32, \(name): \(people) people, \(lost) found by one only, "
          + "\(pixels.count) keypoints")
      print(row("pixels", pixels))
      print(row("percent of the longer side", percents))
      print(row("score", scores))
    }
  }

  /// - Parameter leastScore: of people, with float32.
  private static func moves(model: String?, leastScore: Double) throws -> Moves {
    let estimators = try [FloatPrecision.float32, .bfloat16].map {
      try PoseEstimator(model: model, options: PoseModel.Options(precision: $0))
    }
    var moves = Moves()
    for photo in photos {
      let image = try ImageDecoder.read(path: SharedData.path("images/\(photo)"))
      let longerSide = Double(max(image.width, image.height))
      let expected = try estimators[0].poses(in: image.pixels)
      var others = try estimators[1].poses(in: image.pixels)
      for pose in expected {
        let nearest = others.indices.min {
          pose.meanDistance(to: others[$0]) < pose.meanDistance(to: others[$1])
        }
        guard let nearest, pose.meanDistance(to: others[nearest]) < 0.05 * longerSide else {
          moves.lost += 1
          continue
        }
        let other = others.remove(at: nearest)
        guard pose.score >= leastScore else { continue }
        moves.people += 1
        moves.add(pose, other, longerSide: longerSide)
      }
      moves.lost += others.count
    }
    return moves
  }
}

extension Pose {
  /// Of keypoints that both have, from 0.3 up; infinite where there are none.
  fileprivate func meanDistance(to other: Pose) -> Double {
    let distances = zip(keypoints, other.keypoints).compactMap { old, new -> Double? in
      guard let old, let new, old.score >= 0.3 else { return nil }
      return old.position.distance(to: new.position)
    }
    return distances.isEmpty ? .infinity : distances.reduce(0, +) / Double(distances.count)
  }
}

extension [Double] {
  /// The number that `part` of all numbers do not exceed; 0 where there are none.
  fileprivate func percentile(_ part: Double) -> Double {
    guard !isEmpty else { return 0 }
    return sorted()[Swift.min(Int((Double(count) * part).rounded(.up)), count) - 1]
  }
}
