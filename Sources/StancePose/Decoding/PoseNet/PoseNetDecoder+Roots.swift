/// A cell that a pose may grow from.
struct PoseNetRoot: Hashable, Sendable {
  var keypoint: Int
  var cell: GridCell
  var logit: Float
}

extension PoseNetRoot: Comparable {
  /// The stronger one comes first; of equal ones that of the lower keypoint, row, column.
  static func < (left: PoseNetRoot, right: PoseNetRoot) -> Bool {
    guard left.logit == right.logit else { return left.logit > right.logit }
    return (left.keypoint, left.cell.row, left.cell.column)
      < (right.keypoint, right.cell.row, right.cell.column)
  }
}

extension PoseNetDecoder {
  /// The cells at or above the score threshold that no neighbour exceeds, the strongest first.
  func roots(_ outputs: PoseNetOutputs) -> [PoseNetRoot] {
    unsortedRoots(outputs, scoreThreshold: parameters.scoreThreshold).sorted()
  }

  /// As ``roots(_:)``, but by row, column and keypoint.
  func unsortedRoots(_ outputs: PoseNetOutputs, scoreThreshold: Double) -> [PoseNetRoot] {
    let leastLogit = Float(logOdds(scoreThreshold))
    var roots: [PoseNetRoot] = []
    for row in 0..<outputs.rows {
      for column in 0..<outputs.columns {
        let cell = GridCell(row: row, column: column)
        for keypoint in 0..<PoseNetLayout.keypointCount {
          let logit = outputs.logit(cell, keypoint)
          guard logit >= leastLogit, isLocalMaximum(cell, keypoint, outputs) else { continue }
          roots.append(PoseNetRoot(keypoint: keypoint, cell: cell, logit: logit))
        }
      }
    }
    return roots
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

  /// Both displacements.
  /// - Throws: ``PoseDecodingError`` where the model has none.
  func displacements(
    of outputs: PoseNetOutputs
  ) throws -> (forward: VectorField, backward: VectorField) {
    guard let forward = outputs.forward, let backward = outputs.backward else {
      throw PoseDecodingError(
        .missingOutput,
        "the model has no displacements, so it can tell one person alone; "
          + "decode it with the profile \"\(PoseNetProfile.article.rawValue)\"")
    }
    return (forward, backward)
  }

  /// Whether a pose has the same keypoint at most the NMS radius away.
  func isCovered(_ position: ModelPoint, _ keypoint: Int, by poses: [ModelPose]) -> Bool {
    poses.contains { pose in
      guard let other = pose.keypoints[keypoint] else { return false }
      return other.position.squaredDistance(to: position)
        <= parameters.nmsRadius * parameters.nmsRadius
    }
  }
}
