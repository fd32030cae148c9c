/// The boxes in layers, with a bend in every layer that an arrow passes on its way, so that each
/// piece of an arrow leads from one layer to the next.
struct Layering {
  /// Boxes first, by their own numbers, then bends.
  let vertexCount: Int
  let boxCount: Int
  /// The vertices of each layer, from left to right.
  var layers: [[Int]]
  let layerOf: [Int]
  /// The vertices in the layer above that lead to each.
  let above: [[Int]]
  let below: [[Int]]
  /// The bends of each edge, from top to bottom.
  let bends: [[Int]]
  /// Of boxes, see ``LayeredGraph/depths()``.
  let depths: (above: [Int], below: [Int])

  /// - Returns: nil where more than `bendLimit` bends would be needed.
  init?(_ graph: LayeredGraph, bendLimit: Int) {
    var layerOf = graph.longestPathLayers()
    boxCount = graph.boxes.count
    depths = graph.depths()
    let bendCount = graph.edges.reduce(0) {
      $0 + layerOf[$1.target] - layerOf[$1.source] - 1
    }
    guard bendCount <= bendLimit else { return nil }
    vertexCount = boxCount + bendCount
    var layers = [[Int]](repeating: [], count: (layerOf.max() ?? -1) + 1)
    for (box, layer) in layerOf.enumerated() { layers[layer].append(box) }
    var above = [[Int]](repeating: [], count: vertexCount)
    var below = above
    bends = graph.edges.map { edge in
      var upper = edge.source
      var bends: [Int] = []
      for layer in (layerOf[edge.source] + 1)..<layerOf[edge.target] {
        let bend = layerOf.count
        layerOf.append(layer)
        layers[layer].append(bend)
        below[upper].append(bend)
        above[bend].append(upper)
        bends.append(bend)
        upper = bend
      }
      below[upper].append(edge.target)
      above[edge.target].append(upper)
      return bends
    }
    (self.layers, self.layerOf, self.above, self.below) = (layers, layerOf, above, below)
  }

  func isBend(_ vertex: Int) -> Bool { vertex >= boxCount }

  /// Where each vertex stands in its layer.
  var positions: [Int] { Layering.positions(in: layers, count: vertexCount) }

  static func positions(in layers: [[Int]], count: Int) -> [Int] {
    var positions = [Int](repeating: 0, count: count)
    for layer in layers {
      for (position, vertex) in layer.enumerated() { positions[vertex] = position }
    }
    return positions
  }
}
