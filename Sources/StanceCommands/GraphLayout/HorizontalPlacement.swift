/// Where vertices stand from left to right: the mean of four placements that each keep blocks
/// straight and pack them to one side (after Brandes and Köpf), then moved closer to what they are
/// connected with.
struct HorizontalPlacement {
  /// The centre of each vertex; the leftmost edge is at 0.
  private(set) var centers: [Double]

  /// - Parameters:
  ///   - widths: of each vertex.
  ///   - gap: the room that two neighbours must have between them.
  init(_ layering: Layering, widths: [Double], gap: @escaping (Int, Int) -> Double) {
    var placements: [(centers: [Double], isFromRight: Bool)] = []
    for isFromBottom in [false, true] {
      for isFromRight in [false, true] {
        let blocks = BlockAlignment(
          layering, isFromBottom: isFromBottom, isFromRight: isFromRight)
        let centers = Self.packed(blocks.layers, blocks.blockOf, widths: widths, gap: gap)
        placements.append((isFromRight ? centers.map { -$0 } : centers, isFromRight))
      }
    }
    let mean = Self.mean(of: placements, widths: widths).map { $0.rounded() }
    centers = BlockMoves(layering, centers: mean, widths: widths, gap: gap).centers
    let left = zip(centers, widths).map { $0 - $1 / 2 }.min() ?? 0
    centers = centers.map { $0 - left }
  }

  /// Every block as far to the first side as its neighbours let it, then back to its next
  /// neighbour, so that no room is left within the drawing.
  private static func packed(
    _ layers: [[Int]], _ blockOf: [Int], widths: [Double], gap: (Int, Int) -> Double
  ) -> [Double] {
    var distances: [[Int: Double]] = Array(repeating: [:], count: blockOf.count)
    var awaited = [Int](repeating: 0, count: blockOf.count)
    for layer in layers {
      for (left, right) in zip(layer, layer.dropFirst()) {
        let (block, next) = (blockOf[left], blockOf[right])
        let distance = (widths[left] + widths[right]) / 2 + gap(left, right)
        if distances[block][next] == nil { awaited[next] += 1 }
        distances[block][next] = max(distances[block][next] ?? 0, distance)
      }
    }
    var centers = [Double](repeating: 0, count: blockOf.count)
    var order = blockOf.indices.filter { blockOf[$0] == $0 && awaited[$0] == 0 }
    var index = 0
    while index < order.count {
      let block = order[index]
      for (next, distance) in distances[block] {
        centers[next] = max(centers[next], centers[block] + distance)
        awaited[next] -= 1
      }
      // A dictionary has no order of its own.
      order += distances[block].keys.filter { awaited[$0] == 0 }.sorted()
      index += 1
    }
    for block in order.reversed() {
      let limit = distances[block].map { centers[$0.key] - $0.value }.min()
      if let limit { centers[block] = max(centers[block], limit) }
    }
    return blockOf.map { centers[$0] }
  }

  /// The mean of the two middle ones of four places, which keeps every distance that all four
  /// keep; placements are first brought to the same side of the narrowest.
  private static func mean(
    of placements: [(centers: [Double], isFromRight: Bool)], widths: [Double]
  ) -> [Double] {
    let extents = placements.map { placement -> (left: Double, right: Double) in
      let edges = zip(placement.centers, widths)
      return (
        edges.map { $0 - $1 / 2 }.min() ?? 0, edges.map { $0 + $1 / 2 }.max() ?? 0
      )
    }
    guard let narrowest = extents.min(by: { $0.right - $0.left < $1.right - $1.left }) else {
      return []
    }
    let moved = zip(placements, extents).map { placement, extent in
      let shift =
        placement.isFromRight ? narrowest.right - extent.right : narrowest.left - extent.left
      return placement.centers.map { $0 + shift }
    }
    return widths.indices.map { vertex in
      let places = moved.map { $0[vertex] }.sorted()
      return (places[1] + places[2]) / 2
    }
  }
}
