/// Boxes and the arrows between them, to be drawn from top to bottom.
struct LayeredGraph: Hashable {
  struct Size: Hashable {
    let width: Double
    let height: Double
  }

  struct Edge: Hashable {
    let source: Int
    let target: Int
  }

  /// In an order in which every arrow leads to a later box.
  let boxes: [Size]
  /// Each once, by source and then by target.
  let edges: [Edge]

  /// - Parameter edges: one that leads to no box, or not to a later one, is left out.
  init(boxes: [Size], edges: [Edge]) {
    self.boxes = boxes
    let drawn = edges.filter { $0.source >= 0 && $0.source < $0.target && $0.target < boxes.count }
    self.edges = Set(drawn).sorted { ($0.source, $0.target) < ($1.source, $1.target) }
  }
}

extension LayeredGraph {
  /// The layer of each box, 0 at the top: below everything it depends on, as high as that allows.
  /// What depends on nothing stands right above the first that needs it.
  func longestPathLayers() -> [Int] {
    var layers = [Int](repeating: 0, count: boxes.count)
    var isSource = [Bool](repeating: true, count: boxes.count)
    // By source, so that a box has its own layer before it moves those after it.
    for edge in edges {
      layers[edge.target] = max(layers[edge.target], layers[edge.source] + 1)
      isSource[edge.target] = false
    }
    var nearest = [Int?](repeating: nil, count: boxes.count)
    for edge in edges where isSource[edge.source] {
      nearest[edge.source] = min(nearest[edge.source] ?? .max, layers[edge.target])
    }
    for (box, layer) in nearest.enumerated() {
      if let layer { layers[box] = layer - 1 }
    }
    return layers
  }
}

extension LayeredGraph {
  /// How many boxes the longest way to each has, and the longest one from it on.
  func depths() -> (above: [Int], below: [Int]) {
    var above = [Int](repeating: 0, count: boxes.count)
    var below = above
    for edge in edges { above[edge.target] = max(above[edge.target], above[edge.source] + 1) }
    for edge in edges.reversed() {
      below[edge.source] = max(below[edge.source], below[edge.target] + 1)
    }
    return (above, below)
  }
}
