/// A cell that a pose may grow from.
struct PoseNetRoot: Hashable, Sendable {
  var keypoint: Int
  var cell: GridCell
  var logit: Float
}

extension PoseNetDecoder {
  /// Poses grown from the strongest cells down, without roots that an earlier pose covers.
  func severalPoses(_ outputs: PoseNetOutputs, _ grid: PoseNetGrid) throws -> [ModelPose] {
    guard let forward = outputs.forward, let backward = outputs.backward else {
      throw PoseDecodingError(
        .missingOutput,
        "the model has no displacements, so it can tell one person alone; "
          + "decode it with the profile \"\(PoseNetProfile.article.rawValue)\"")
    }
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

  /// The cells at or above the score threshold that no neighbour exceeds, the strongest first.
  func roots(_ outputs: PoseNetOutputs) -> [PoseNetRoot] {
    var roots: [PoseNetRoot] = []
    for keypoint in 0..<PoseNetLayout.keypointCount {
      for row in 0..<outputs.rows {
        for column in 0..<outputs.columns {
          let cell = GridCell(row: row, column: column)
          guard outputs.score(cell, keypoint) >= parameters.scoreThreshold,
            isLocalMaximum(cell, keypoint, outputs)
          else { continue }
          roots.append(
            PoseNetRoot(keypoint: keypoint, cell: cell, logit: outputs.logit(cell, keypoint)))
        }
      }
    }
    return roots.enumerated().sorted { left, right in
      left.element.logit != right.element.logit
        ? left.element.logit > right.element.logit : left.offset < right.offset
    }.map(\.element)
  }

  /// Whether none of the up to eight neighbours has a strictly greater logit.
  func isLocalMaximum(_ cell: GridCell, _ keypoint: Int, _ outputs: PoseNetOutputs) -> Bool {
    let logit = outputs.logit(cell, keypoint)
    for row in max(cell.row - 1, 0)...min(cell.row + 1, outputs.rows - 1) {
      for column in max(cell.column - 1, 0)...min(cell.column + 1, outputs.columns - 1)
      where outputs.logit(GridCell(row: row, column: column), keypoint) > logit {
        return false
      }
    }
    return true
  }

  /// Whether a pose has the same keypoint at most the NMS radius away.
  func isCovered(_ position: ModelPoint, _ keypoint: Int, by poses: [ModelPose]) -> Bool {
    poses.contains { pose in
      guard let other = pose.keypoints[keypoint] else { return false }
      return other.position.squaredDistance(to: position)
        <= parameters.nmsRadius * parameters.nmsRadius
    }
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
