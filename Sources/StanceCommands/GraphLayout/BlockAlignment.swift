/// Which vertices of neighbouring layers stand right above each other: each belongs to one block,
/// which is drawn as a straight line down (vertical alignment, after Brandes and Köpf).
///
/// Arrows between boxes are straight before those around them, and the longest way through the graph
/// before its branches: a bend aligns with a box only where no box would, and a box with the one from
/// which, or to which, most boxes lead.
struct BlockAlignment {
  /// The block of each vertex, by the vertex that began it.
  private(set) var blockOf: [Int]
  /// From where alignment begins; each from the side that goes first.
  let layers: [[Int]]

  /// - Parameter isFromBottom: whether alignment begins with the last layer.
  /// - Parameter isFromRight: whether vertices on the right go first.
  init(_ layering: Layering, isFromBottom: Bool, isFromRight: Bool) {
    let side = Side(layering, isFromBottom: isFromBottom, isFromRight: isFromRight)
    layers = side.layers
    blockOf = Array(0..<layering.vertexCount)
    for (previous, layer) in zip(layers, layers.dropFirst()) {
      let barriers = side.barriers(after: previous)
      var last = -1
      for vertex in layer {
        for candidate in side.candidates(of: vertex) {
          let place = side.positions[candidate]
          let isLong = layering.isBend(vertex) && layering.isBend(candidate)
          guard place > last,
            isLong || !Self.crosses(barriers, from: place, to: side.positions[vertex])
          else { continue }
          blockOf[vertex] = blockOf[candidate]
          last = place
          break
        }
      }
    }
  }

  private static func crosses(_ barriers: [(from: Int, to: Int)], from: Int, to: Int) -> Bool {
    barriers.contains { ($0.from < from && $0.to > to) || ($0.from > from && $0.to < to) }
  }
}

/// The layers as they are seen from where alignment begins.
private struct Side {
  let layering: Layering
  let layers: [[Int]]
  let positions: [Int]
  /// The neighbours of a vertex in the layer that comes before its own.
  let before: [[Int]]
  let after: [[Int]]
  let depthBefore: [Int]
  let depthAfter: [Int]

  init(_ layering: Layering, isFromBottom: Bool, isFromRight: Bool) {
    self.layering = layering
    let rows = isFromBottom ? layering.layers.reversed() : layering.layers
    layers = isFromRight ? rows.map { $0.reversed() } : rows
    positions = Layering.positions(in: layers, count: layering.vertexCount)
    (before, after) =
      isFromBottom ? (layering.below, layering.above) : (layering.above, layering.below)
    (depthBefore, depthAfter) =
      isFromBottom
      ? (layering.depths.below, layering.depths.above)
      : (layering.depths.above, layering.depths.below)
  }

  /// The median neighbours that `vertex` may align with, the first side's first.
  func candidates(of vertex: Int) -> [Int] {
    var neighbours = before[vertex]
    if layering.isBend(vertex) {
      neighbours.removeAll { !layering.isBend($0) && !boxes(after[$0]).isEmpty }
    } else {
      let boxes = boxes(neighbours)
      let most = boxes.map { depthBefore[$0] }.max()
      if let most { neighbours = boxes.filter { depthBefore[$0] == most && prefers($0, vertex) } }
    }
    guard !neighbours.isEmpty else { return [] }
    neighbours.sort { positions[$0] < positions[$1] }
    let (low, high) = ((neighbours.count - 1) / 2, neighbours.count / 2)
    return low == high ? [neighbours[low]] : [neighbours[low], neighbours[high]]
  }

  /// Whether no other box after `box` leads farther than `vertex`.
  private func prefers(_ box: Int, _ vertex: Int) -> Bool {
    boxes(after[box]).allSatisfy { depthAfter[$0] <= depthAfter[vertex] }
  }

  private func boxes(_ vertices: [Int]) -> [Int] {
    vertices.filter { !layering.isBend($0) }
  }

  /// The pieces of long arrows between two bends, which nothing else may cross straight.
  func barriers(after layer: [Int]) -> [(from: Int, to: Int)] {
    layer.filter(layering.isBend).flatMap { bend in
      after[bend].filter(layering.isBend).map { (from: positions[bend], to: positions[$0]) }
    }
  }
}
