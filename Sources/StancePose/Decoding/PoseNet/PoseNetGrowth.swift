/// Grows a pose from one keypoint along the edges of PoseNet's tree.
struct PoseNetGrowth {
  /// Parent and child of each edge, in the order of the displacement channels.
  static let edges: [(parent: Int, child: Int)] = [
    (0, 1), (1, 3), (0, 2), (2, 4),
    (0, 5), (5, 7), (7, 9), (5, 11), (11, 13), (13, 15),
    (0, 6), (6, 8), (8, 10), (6, 12), (12, 14), (14, 16),
  ]

  let outputs: PoseNetOutputs
  let grid: PoseNetGrid
  let forward: VectorField
  let backward: VectorField
  let refinementSteps: Int
  let scoreCell: PoseNetParameters.ScoreCell

  /// All 17 keypoints reached from `root`; nil where a step leads to nothing finite.
  ///
  /// First every edge from the last to the first, child to parent, then from the first to the last,
  /// parent to child, so that each keypoint is reached from the one between it and the root.
  func grow(from keypoint: Int, _ root: ModelKeypoint) -> [ModelKeypoint?] {
    var keypoints = [ModelKeypoint?](repeating: nil, count: PoseNetLayout.keypointCount)
    keypoints[keypoint] = root
    for (index, edge) in Self.edges.enumerated().reversed() {
      guard keypoints[edge.parent] == nil, let source = keypoints[edge.child] else { continue }
      keypoints[edge.parent] = hop(from: source.position, backward, edge: index, to: edge.parent)
    }
    for (index, edge) in Self.edges.enumerated() {
      guard keypoints[edge.child] == nil, let source = keypoints[edge.parent] else { continue }
      keypoints[edge.child] = hop(from: source.position, forward, edge: index, to: edge.child)
    }
    return keypoints
  }

  /// The keypoint `target` at the far end of `edge`: the displacement at the cell nearest to
  /// `source`, then the refinements.
  func hop(
    from source: ModelPoint, _ displacements: VectorField, edge: Int, to target: Int
  ) -> ModelKeypoint? {
    guard let sourceCell = grid.cell(nearestTo: source) else { return nil }
    let displaced = displacements.displace(source, at: sourceCell, index: edge)
    guard let displacedCell = grid.cell(nearestTo: displaced),
      let refined = refine(displaced, target),
      let refinedCell = grid.cell(nearestTo: refined)
    else { return nil }
    let cell = scoreCell == .displaced ? displacedCell : refinedCell
    return ModelKeypoint(position: refined, score: outputs.score(cell, target))
  }

  /// `point` moved to its nearest cell's offset position, as often as there are refinements.
  func refine(_ point: ModelPoint, _ keypoint: Int) -> ModelPoint? {
    var point = point
    for _ in 0..<max(refinementSteps, 0) {
      guard let cell = grid.cell(nearestTo: point) else { return nil }
      let next = outputs.offsets.displace(grid.position(of: cell), at: cell, index: keypoint)
      // Every further step would end at the same place.
      if next == point { break }
      point = next
    }
    return point.isFinite ? point : nil
  }
}
