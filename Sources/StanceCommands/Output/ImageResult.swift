import StanceKit
import StancePose

/// What was found in one picture.
struct ImageResult: Sendable {
  /// The input as the user named it, or as it was found in a folder.
  let source: String
  let width: Int
  let height: Int
  let model: Model
  let skeleton: Skeleton
  let poses: [Pose]

  /// What the poses were estimated with.
  struct Model: Hashable, Sendable {
    let name: String
    let sha256: String
    let family: String
    let profile: String
  }

  /// - Parameter poses: numbers that are not finite are left out: a keypoint without a position
  ///   counts as absent.
  init(
    source: String, width: Int, height: Int, model: Model, skeleton: Skeleton, poses: [Pose]
  ) {
    self.source = source
    self.width = width
    self.height = height
    self.model = model
    self.skeleton = skeleton
    self.poses = poses.map(\.withFiniteNumbers)
  }
}

extension ImageResult.Model {
  init(_ identity: PoseModel.Identity) {
    self.init(
      name: identity.name, sha256: identity.sha256, family: identity.family,
      profile: identity.profile)
  }
}

extension Pose {
  fileprivate var withFiniteNumbers: Pose {
    let keypoints = keypoints.map { $0.flatMap(\.withFiniteNumbers) }
    let isBoxFinite = [box.x, box.y, box.width, box.height].allSatisfy(\.isFinite)
    return Pose(
      skeleton: skeleton, keypoints: keypoints, score: score.isFinite ? score : 0,
      box: isBoxFinite ? box : nil)
  }
}

extension Keypoint {
  fileprivate var withFiniteNumbers: Keypoint? {
    guard position.x.isFinite, position.y.isFinite else { return nil }
    var keypoint = self
    keypoint.score = score.isFinite ? score : 0
    keypoint.visibility = visibility.flatMap { $0.isFinite ? $0 : nil }
    keypoint.presence = presence.flatMap { $0.isFinite ? $0 : nil }
    keypoint.depth = depth.flatMap { $0.isFinite ? $0 : nil }
    keypoint.world = world.flatMap { [$0.x, $0.y, $0.z].allSatisfy(\.isFinite) ? $0 : nil }
    return keypoint
  }
}
