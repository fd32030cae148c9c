import StancePose

/// How another program's keypoints are taken from a skeleton's.
struct SkeletonConversion: Sendable {
  /// For each keypoint of the result, the keypoints whose middle it is; nil where the skeleton has
  /// none for it.
  private let sources: [[Int]?]

  /// - Parameter names: for each keypoint of the result, the names of one keypoint, or of two
  ///   whose middle is meant; none where there can be no such keypoint.
  init(from skeleton: Skeleton, to names: [[String]]) {
    sources = names.map { names in
      let indices = names.compactMap(skeleton.index(of:))
      return indices.isEmpty || indices.count < names.count ? nil : indices
    }
  }

  /// Position and confidence of one keypoint.
  struct Place: Hashable, Sendable {
    let x: Double
    let y: Double
    let score: Double

    init(x: Double, y: Double, score: Double) {
      (self.x, self.y, self.score) = (x, y, score)
    }

    init(_ keypoint: Keypoint) {
      self.init(x: keypoint.position.x, y: keypoint.position.y, score: keypoint.score)
    }
  }

  /// A middle is as certain as the less certain of its two ends, and absent where one of them is.
  func places(of pose: Pose) -> [Place?] {
    sources.map { indices in
      guard let indices else { return nil }
      let found = indices.compactMap {
        pose.keypoints.indices.contains($0) ? pose.keypoints[$0] : nil
      }
      guard found.count == indices.count, let first = found.first else { return nil }
      let count = Double(found.count)
      return Place(
        x: found.reduce(0) { $0 + $1.position.x } / count,
        y: found.reduce(0) { $0 + $1.position.y } / count,
        score: found.reduce(first.score) { min($0, $1.score) })
    }
  }
}

extension SkeletonConversion {
  /// COCO's 17 keypoints, by name.
  static func coco17(from skeleton: Skeleton) -> SkeletonConversion {
    SkeletonConversion(from: skeleton, to: Skeleton.coco17.keypoints.map { [$0.name] })
  }

  /// OpenPose's BODY_25: the neck is the middle of the shoulders, MidHip that of the hips; a big
  /// toe is taken from the foot's index where the skeleton has one, small toes never.
  static func body25(from skeleton: Skeleton) -> SkeletonConversion {
    SkeletonConversion(
      from: skeleton,
      to: [
        ["nose"], ["left_shoulder", "right_shoulder"],
        ["right_shoulder"], ["right_elbow"], ["right_wrist"],
        ["left_shoulder"], ["left_elbow"], ["left_wrist"],
        ["left_hip", "right_hip"],
        ["right_hip"], ["right_knee"], ["right_ankle"],
        ["left_hip"], ["left_knee"], ["left_ankle"],
        ["right_eye"], ["left_eye"], ["right_ear"], ["left_ear"],
        ["left_foot_index"], [], ["left_heel"], ["right_foot_index"], [], ["right_heel"],
      ])
  }
}
