/// To whom each cell of PoseNet's grid belongs, however unlikely a person is there.
public struct PoseNetInstances: Hashable, Sendable {
  /// Cells from top to bottom.
  public let rows: Int
  /// Cells from left to right.
  public let columns: Int
  /// `[rows, columns, poses]`: how far the cell's own pose lies from each pose: the mean of the
  /// squared distances of their keypoints, in pixels of the model's input; infinite from a pose
  /// without keypoints that count.
  public let distances: [Double]
  /// How many people there are.
  public let poseCount: Int

  /// The nearest pose of the cell, of equally near ones the first; nil where there are none.
  public func nearestPose(row: Int, column: Int) -> Int? {
    let start = (row * columns + column) * poseCount
    return (0..<poseCount).min { distances[start + $0] < distances[start + $1] }
  }
}

extension PoseNetDecoder {
  /// Assigns cells to `poses` along the long offsets; nil where the model has none.
  ///
  /// Each cell's vectors lead to where it sees its own person's keypoints; the pose that is nearest
  /// to those is the cell's. Keypoints that a pose lacks, or that are less sure than `leastScore`,
  /// do not count; nor do those that nothing finite leads to.
  ///
  /// - Parameters:
  ///   - poses: as ``decode(_:)`` gives them.
  ///   - refinementSteps: how often a place moves on by the vector there; Coral's programs do it
  ///     twice, TensorFlow.js's ten times.
  ///   - leastScore: 0 for Coral's programs, 0.3 for TensorFlow.js's.
  public func instances(
    of poses: [ModelPose], in outputs: PoseNetOutputs, refinementSteps: Int = 2,
    leastScore: Double = 0
  ) throws -> PoseNetInstances? {
    guard let longOffsets = outputs.longOffsets else { return nil }
    let grid = try grid(of: outputs)
    var distances: [Double] = []
    distances.reserveCapacity(grid.rows * grid.columns * poses.count)
    for row in 0..<grid.rows {
      for column in 0..<grid.columns {
        let embedding = embedding(
          of: GridCell(row: row, column: column), longOffsets, grid,
          refinementSteps: refinementSteps)
        distances += poses.map { $0.squaredDistance(to: embedding, leastScore: leastScore) }
      }
    }
    return PoseNetInstances(
      rows: grid.rows, columns: grid.columns, distances: distances, poseCount: poses.count)
  }

  /// Where the long offsets lead from `cell`, for each keypoint; nil where to nothing finite.
  func embedding(
    of cell: GridCell, _ longOffsets: VectorField, _ grid: PoseNetGrid, refinementSteps: Int
  ) -> [ModelPoint?] {
    let start = grid.position(of: cell)
    return (0..<longOffsets.count).map { keypoint in
      var place = start
      for _ in 0...max(refinementSteps, 0) {
        guard let cells = grid.cells(around: place) else { return nil }
        let moved = longOffsets.displace(place, between: cells, index: keypoint)
        guard moved.isFinite else { return nil }
        place = grid.clamped(moved)
      }
      return place
    }
  }
}

extension ModelPose {
  /// The mean over the keypoints that count and that both have.
  fileprivate func squaredDistance(to points: [ModelPoint?], leastScore: Double) -> Double {
    var (sum, count) = (0.0, 0.0)
    for case (let keypoint?, let point?) in zip(keypoints, points)
    where keypoint.score >= leastScore {
      sum += keypoint.position.squaredDistance(to: point)
      count += 1
    }
    return count > 0 ? sum / count : .infinity
  }
}
