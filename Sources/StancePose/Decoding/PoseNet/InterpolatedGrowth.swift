/// Grows a pose from one keypoint along the edges of PoseNet's tree, with values interpolated between
/// cells: Coral's way (PersonLab's "fast greedy decoding").
///
/// Coral always goes on from the surest keypoint; as there is one way alone from the root to each
/// keypoint, the order makes no difference.
struct InterpolatedGrowth {
  let outputs: PoseNetOutputs
  let grid: PoseNetGrid
  let forward: VectorField
  let backward: VectorField
  let refinementSteps: Int

  /// A directed edge: from a keypoint to one of its neighbours in the skeleton.
  struct Edge: Hashable, Sendable {
    let target: Int
    /// Its number among the displacements of its direction.
    let index: Int
    let isForward: Bool
  }

  /// The edges that leave each keypoint.
  static let edges: [[Edge]] = {
    var edges = [[Edge]](repeating: [], count: PoseNetLayout.keypointCount)
    for (index, edge) in PoseNetGrowth.edges.enumerated() {
      edges[edge.parent].append(Edge(target: edge.child, index: index, isForward: true))
      edges[edge.child].append(Edge(target: edge.parent, index: index, isForward: false))
    }
    return edges
  }()

  /// All 17 keypoints reached from `keypoint` at `position`; nil where a step leads to nothing
  /// finite.
  func grow(from keypoint: Int, at position: ModelPoint) -> [ModelKeypoint?] {
    var found = [ModelKeypoint?](repeating: nil, count: PoseNetLayout.keypointCount)
    found[keypoint] = scored(keypoint, at: position)
    var open = [keypoint]
    while let source = open.popLast() {
      guard let position = found[source]?.position else { continue }
      for edge in Self.edges[source] where found[edge.target] == nil {
        found[edge.target] = hop(from: position, edge)
        open.append(edge.target)
      }
    }
    return found
  }

  /// The keypoint at the far end of `edge`: `point` moved by the displacement there, then by the
  /// target's own offsets as often as there are refinements, never beyond the grid. nil where a
  /// vector is not finite.
  func hop(from point: ModelPoint, _ edge: Edge) -> ModelKeypoint? {
    let displacements = edge.isForward ? forward : backward
    guard var place = step(point, displacements, edge.index) else { return nil }
    for _ in 0..<max(refinementSteps, 0) {
      guard let refined = step(place, outputs.offsets, edge.target) else { return nil }
      place = refined
    }
    return scored(edge.target, at: place)
  }

  private func step(_ point: ModelPoint, _ field: VectorField, _ index: Int) -> ModelPoint? {
    guard let cells = grid.cells(around: point) else { return nil }
    let moved = field.displace(point, between: cells, index: index)
    return moved.isFinite ? grid.clamped(moved) : nil
  }

  /// The score is 0 where the logits around `position` give no number.
  private func scored(_ keypoint: Int, at position: ModelPoint) -> ModelKeypoint {
    let logit = grid.cells(around: position).map { outputs.heatmaps.value(between: $0, keypoint) }
    let score = logit.map { $0.isNaN ? 0 : sigmoid($0) } ?? 0
    return ModelKeypoint(position: position, score: score)
  }
}
