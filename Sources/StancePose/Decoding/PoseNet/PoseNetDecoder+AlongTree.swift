extension PoseNetDecoder {
  /// Poses grown from the strongest cells down, without roots that an earlier pose covers.
  func posesAlongTree(_ outputs: PoseNetOutputs, _ grid: PoseNetGrid) throws -> [ModelPose] {
    let (forward, backward) = try displacements(of: outputs)
    let growth = PoseNetGrowth(
      outputs: outputs, grid: grid, forward: forward, backward: backward,
      refinementSteps: parameters.refinementSteps, scoreCell: parameters.scoreCell)
    var poses: [ModelPose] = []
    for root in roots(outputs) {
      guard poses.count < parameters.maxPoses else { break }
      guard let position = keypointPosition(root.keypoint, at: root.cell, outputs, grid),
        !isCovered(position, root.keypoint, by: poses)
      else { continue }
      let keypoints = growth.grow(
        from: root.keypoint,
        ModelKeypoint(position: position, score: outputs.score(root.cell, root.keypoint)))
      let score = instanceScore(keypoints, besides: poses)
      if score >= parameters.minPoseScore {
        poses.append(ModelPose(skeleton: .coco17, keypoints: keypoints, score: score))
      }
    }
    return poses
  }

  /// The sum of the scores of the keypoints that no pose covers, divided by their number, 17.
  func instanceScore(_ keypoints: [ModelKeypoint?], besides poses: [ModelPose]) -> Double {
    var sum = 0.0
    for case (let index, let keypoint?) in keypoints.enumerated()
    where !isCovered(keypoint.position, index, by: poses) {
      sum += keypoint.score
    }
    return sum / Double(keypoints.count)
  }
}
