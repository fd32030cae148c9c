import Foundation
import StanceTensors

/// The results of PosenetDecoderOp.
struct CoralPoses {
  /// How many of the rows mean something.
  let count: Int
  let poseScores: [Float]
  private let keypointScores: [Float]
  /// y, x.
  private let positions: [Float]

  /// - Parameter outputs: keypoints, their scores, the poses' scores, the count.
  init(_ outputs: [Tensor]) throws {
    positions = try outputs[0].elements()
    keypointScores = try outputs[1].elements()
    poseScores = try outputs[2].elements()
    count = Int(try outputs[3].elements(as: Float.self)[0])
  }

  /// Of a published CSV file, its positions times `scale`.
  init(csv path: String, scale: (x: Float, y: Float)) throws {
    let text = try String(contentsOfFile: path, encoding: .utf8)
    let rows = text.split(whereSeparator: \.isNewline).dropFirst().map {
      $0.split(separator: ",").map { Float($0) ?? .nan }
    }
    count = rows.count / 17
    poseScores = rows.enumerated().filter { $0.offset % 17 == 0 }.map { $0.element[1] }
    keypointScores = rows.map { $0[3] }
    positions = rows.flatMap { [$0[5] * scale.y, $0[4] * scale.x] }
  }

  /// How many rows there are.
  var room: Int { poseScores.count }

  func score(_ pose: Int, _ keypoint: Int) -> Float { keypointScores[pose * 17 + keypoint] }

  func position(_ pose: Int, _ keypoint: Int) -> (x: Float, y: Float) {
    let place = (pose * 17 + keypoint) * 2
    return (positions[place + 1], positions[place])
  }

  func unusedRowsAreZero() throws -> Bool {
    poseScores[count...].allSatisfy { $0 == 0 }
      && keypointScores[(count * 17)...].allSatisfy { $0 == 0 }
      && positions[(count * 34)...].allSatisfy { $0 == 0 }
  }

  struct Comparison: CustomStringConvertible {
    /// How many keypoints were compared.
    var keypoints = 0
    /// The largest difference along an axis.
    var distance: Float = 0
    /// The mean of the differences along both axes.
    var meanDistance: Float = 0
    /// The largest difference of keypoints' and poses' scores.
    var score: Float = 0

    var description: String {
      "\(keypoints) keypoints, at most \(distance), in the mean \(meanDistance) pixels, scores \(score)"
    }
  }

  /// Pose by pose; keypoints whose score is above `leastScore` in both.
  func compared(to other: CoralPoses, leastScore: Float) -> Comparison {
    var comparison = Comparison()
    for pose in 0..<min(count, other.count) {
      comparison.score = max(comparison.score, abs(poseScores[pose] - other.poseScores[pose]))
      for k in 0..<17 where min(score(pose, k), other.score(pose, k)) > leastScore {
        let (mine, theirs) = (position(pose, k), other.position(pose, k))
        comparison.keypoints += 1
        comparison.meanDistance += (abs(mine.x - theirs.x) + abs(mine.y - theirs.y)) / 2
        comparison.distance = max(
          comparison.distance, abs(mine.x - theirs.x), abs(mine.y - theirs.y))
        comparison.score = max(comparison.score, abs(score(pose, k) - other.score(pose, k)))
      }
    }
    comparison.meanDistance /= Float(max(comparison.keypoints, 1))
    return comparison
  }
}
