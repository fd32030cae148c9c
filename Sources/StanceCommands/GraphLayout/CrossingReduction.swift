extension Layering {
  /// Orders each layer so that few arrows cross: sweeps down and up that place every vertex at the
  /// mean of its neighbours' places (barycentres, after Sugiyama, Tagawa and Toda), each followed by
  /// exchanges of neighbours where that helps. Sweeps begin at the top and at the bottom, and leave
  /// equals as they are or turn them round; the best order of all is kept.
  mutating func reduceCrossings(sweepCount: Int = 24) {
    let beginning = layers
    var best = layers
    var fewest = crossingCount
    for start in 0..<4 where fewest > 0 {
      layers = beginning
      for sweep in 0..<sweepCount where fewest > 0 {
        let turnsEquals = start >= 2 && sweep % 4 < 2
        self.sweep(isDownward: (sweep + start).isMultiple(of: 2), turnsEquals: turnsEquals)
        exchangeNeighbours()
        let count = crossingCount
        if count < fewest { (best, fewest) = (layers, count) }
      }
    }
    layers = best
  }

  /// How often pieces of arrows cross.
  var crossingCount: Int {
    let positions = positions
    return layers.indices.reduce(0) { $0 + crossings(below: $1, positions: positions) }
  }

  private func crossings(below layer: Int, positions: [Int]) -> Int {
    guard layer + 1 < layers.count else { return 0 }
    // Inversions among the lower ends, counted in a tree of sums.
    var tree = [Int](repeating: 0, count: layers[layer + 1].count + 1)
    var (count, seen) = (0, 0)
    for vertex in layers[layer] {
      let ends = below[vertex].map { positions[$0] }
      for end in ends {
        var atMost = 0
        var index = end + 1
        while index > 0 {
          atMost += tree[index]
          index &= index - 1
        }
        count += seen - atMost
      }
      for end in ends {
        var index = end + 1
        while index < tree.count {
          tree[index] += 1
          index += index & -index
        }
      }
      seen += ends.count
    }
    return count
  }

  private mutating func sweep(isDownward: Bool, turnsEquals: Bool) {
    var positions = positions
    for layer in isDownward ? Array(layers.indices) : layers.indices.reversed() {
      let keyed = layers[layer].map { vertex -> (key: Double, position: Int, vertex: Int) in
        let neighbours = isDownward ? above[vertex] : below[vertex]
        let position = positions[vertex]
        guard !neighbours.isEmpty else { return (Double(position), position, vertex) }
        let sum = neighbours.reduce(0) { $0 + positions[$1] }
        let mean = Double(sum) / Double(neighbours.count)
        return (mean, turnsEquals ? -position : position, vertex)
      }
      layers[layer] = keyed.sorted { ($0.key, $0.position) < ($1.key, $1.position) }
        .map(\.vertex)
      for (position, vertex) in layers[layer].enumerated() { positions[vertex] = position }
    }
  }

  private mutating func exchangeNeighbours() {
    var positions = positions
    for layer in layers.indices where layers[layer].count > 1 {
      for place in 1..<layers[layer].count {
        let (left, right) = (layers[layer][place - 1], layers[layer][place])
        let change =
          inversions(above[left], above[right], positions)
          + inversions(below[left], below[right], positions)
          - inversions(above[right], above[left], positions)
          - inversions(below[right], below[left], positions)
        guard change > 0 else { continue }
        layers[layer].swapAt(place - 1, place)
        (positions[left], positions[right]) = (place, place - 1)
      }
    }
  }

  /// How many pairs stand the wrong way round where `left` comes before `right`.
  private func inversions(_ left: [Int], _ right: [Int], _ positions: [Int]) -> Int {
    let starts = left.map { positions[$0] }.sorted()
    let ends = right.map { positions[$0] }.sorted()
    var (count, before) = (0, 0)
    for start in starts {
      while before < ends.count, ends[before] < start { before += 1 }
      count += before
    }
    return count
  }
}
