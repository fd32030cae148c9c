extension PoseNetDecoder {
  /// Poses grown from the strongest cells down, the best first, without those that fall below the
  /// least score once a better pose has taken the keypoints that it covers.
  func interpolatedPoses(_ outputs: PoseNetOutputs, _ grid: PoseNetGrid) throws -> [ModelPose] {
    let (forward, backward) = try displacements(of: outputs)
    let growth = InterpolatedGrowth(
      outputs: outputs, grid: grid, forward: forward, backward: backward,
      refinementSteps: parameters.refinementSteps)
    var poses: [ModelPose] = []
    var queue = interpolatedRoots(outputs)
    while poses.count < parameters.maxPoses, let root = queue.removeGreatest() {
      guard let place = keypointPosition(root.keypoint, at: root.cell, outputs, grid) else {
        continue
      }
      let position = grid.clamped(place)
      guard !isCovered(position, root.keypoint, by: poses) else { continue }
      let keypoints = growth.grow(from: root.keypoint, at: position)
      let score = instanceScore(keypoints, besides: [])
      if score >= parameters.minPoseScore {
        poses.append(ModelPose(skeleton: .coco17, keypoints: keypoints, score: score))
      }
    }
    return rescored(poses).filter { $0.score >= parameters.minPoseScore }
  }

  /// The roots that poses grow from, in the order in which Coral's program takes them.
  func interpolatedRoots(_ outputs: PoseNetOutputs) -> BinaryHeap<PoseNetRoot> {
    var queue = BinaryHeap<PoseNetRoot> { $0.logit < $1.logit }
    // Coral's program adds this much to the threshold.
    for root in unsortedRoots(outputs, scoreThreshold: parameters.scoreThreshold + 1e-6) {
      queue.insert(root)
    }
    return queue
  }

  /// The poses, the best first, each scored without the keypoints that a better one covers
  /// (soft non-maximum suppression). Equal poses keep their order.
  func rescored(_ poses: [ModelPose]) -> [ModelPose] {
    let ranked = poses.rankedByScore()
    return ranked.enumerated().map { index, pose in
      var pose = pose
      pose.score = instanceScore(pose.keypoints, besides: Array(ranked[..<index]))
      return pose
    }.rankedByScore()
  }
}

extension [ModelPose] {
  /// The best first; equal ones keep their order.
  fileprivate func rankedByScore() -> [ModelPose] {
    enumerated().sorted {
      $0.element.score != $1.element.score
        ? $0.element.score > $1.element.score : $0.offset < $1.offset
    }.map(\.element)
  }
}
