/// Moves straight pieces of a drawing to where their arrows are short, as far as there is room.
struct BlockMoves {
  private(set) var centers: [Double]
  private let layering: Layering
  private let widths: [Double]
  private let gap: (Int, Int) -> Double
  private let positions: [Int]

  private static let passCount = 4

  init(
    _ layering: Layering, centers: [Double], widths: [Double], gap: @escaping (Int, Int) -> Double
  ) {
    (self.layering, self.centers, self.widths, self.gap) = (layering, centers, widths, gap)
    positions = layering.positions
    let blocks = straightBlocks()
    for _ in 0..<Self.passCount {
      let moved = blocks.reduce(false) { move($1) || $0 }
      if !moved { break }
    }
  }

  /// Connected vertices right above each other, the smallest sets first, as they give way.
  private func straightBlocks() -> [[Int]] {
    var isTaken = [Bool](repeating: false, count: centers.count)
    var blocks: [[Int]] = []
    // From the top, so that a block is found at its uppermost vertex.
    for vertex in layering.layers.joined() where !isTaken[vertex] {
      var block = [vertex]
      while let next = layering.below[block[block.count - 1]].first(where: {
        centers[$0] == centers[vertex] && !isTaken[$0]
      }) {
        isTaken[next] = true
        block.append(next)
      }
      blocks.append(block)
    }
    return blocks.enumerated()
      .sorted { ($0.element.count, $0.offset) < ($1.element.count, $1.offset) }.map(\.element)
  }

  /// - Returns: whether the block has another place now.
  private mutating func move(_ block: [Int]) -> Bool {
    let members = Set(block)
    let ends = block.flatMap { layering.above[$0] + layering.below[$0] }
      .filter { !members.contains($0) }.map { centers[$0] }.sorted()
    guard !ends.isEmpty else { return false }
    let place = centers[block[0]]
    // Anywhere between the two medians the arrows are equally short.
    let best = min(max(place, ends[(ends.count - 1) / 2]), ends[ends.count / 2])
    var (low, high) = (-Double.infinity, Double.infinity)
    for vertex in block {
      let layer = layering.layers[layering.layerOf[vertex]]
      let position = positions[vertex]
      if position > 0 {
        low = max(low, centers[layer[position - 1]] + distance(layer[position - 1], vertex))
      }
      if position + 1 < layer.count {
        high = min(high, centers[layer[position + 1]] - distance(vertex, layer[position + 1]))
      }
    }
    guard low <= high else { return false }
    let target = min(max(best, low), high).rounded(best > place ? .down : .up)
    guard target != place, abs(target - best) < abs(place - best) else { return false }
    for vertex in block { centers[vertex] = target }
    return true
  }

  private func distance(_ left: Int, _ right: Int) -> Double {
    (widths[left] + widths[right]) / 2 + gap(left, right)
  }
}
