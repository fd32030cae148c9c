/// How a layout is cut into columns.
struct ColumnFold {
  let cuts: [Int]
  let columnOf: [Int]
  /// How far each column moves.
  private(set) var shifts: [GraphLayout.Point] = []
  private(set) var width = 0.0
  private(set) var height = 0.0
  /// The way of each arrow that passes a cut, by the cut and the arrow's number.
  private var lanes: [[Int: Lane]]

  /// Down to `foot`, to the side, up at `gutter`, to the side at `head`, down again.
  private struct Lane {
    let foot: Double
    let gutter: Double
    let head: Double
  }

  private enum Spacing {
    static let lanes = 8.0
    static let margin = 16.0
  }

  init(_ layout: GraphLayout, cuts: [Int]) {
    self.cuts = cuts
    columnOf = layout.bands.indices.map { layer in cuts.count { $0 < layer } }
    lanes = Array(repeating: [:], count: cuts.count)
    let extents = Self.extents(of: layout, columnOf: columnOf, count: cuts.count + 1)
    let crossings = cuts.map { Self.crossings(of: layout, after: $0) }
    let most = crossings.map(\.count).max() ?? 0
    let headRoom = most == 0 ? 0 : Spacing.margin + Double(most) * Spacing.lanes
    var x = 0.0
    for column in 0...cuts.count {
      let first = column == 0 ? 0 : cuts[column - 1] + 1
      let last = column == cuts.count ? layout.bands.count - 1 : cuts[column]
      let shift = GraphLayout.Point(
        x: x - extents[column].left, y: headRoom - layout.bands[first].top)
      shifts.append(shift)
      x += extents[column].right - extents[column].left
      let bottom = layout.bands[last].bottom + shift.y
      height = max(height, bottom)
      width = x
      guard column < cuts.count else { break }
      let passing = crossings[column]
      // Nested: the rightmost arrow turns first and goes up nearest to its column.
      let byFoot = passing.sorted { ($1.foot, $1.head, $0.path) < ($0.foot, $0.head, $1.path) }
      let byHead = passing.sorted { ($1.head, $1.foot, $0.path) < ($0.head, $0.foot, $1.path) }
      let heads = Dictionary(
        uniqueKeysWithValues: byHead.enumerated().map { ($1.path, Double($0)) })
      for (rank, crossing) in byFoot.enumerated() {
        let offset = Spacing.margin + Double(rank) * Spacing.lanes
        lanes[column][crossing.path] = Lane(
          foot: bottom + offset, gutter: x + offset,
          head: (heads[crossing.path] ?? 0) * Spacing.lanes)
        height = max(height, bottom + offset + Spacing.lanes)
      }
      x += Spacing.margin * 2 + Double(passing.count) * Spacing.lanes
    }
  }

  /// The arrow `path` as the columns stand.
  func path(
    _ path: GraphLayout.Path, number: Int, from sourceLayer: Int
  ) -> GraphLayout.Path {
    var layer = sourceLayer
    var shift = shifts[columnOf[layer]]
    func moved(_ point: GraphLayout.Point) -> GraphLayout.Point {
      GraphLayout.Point(x: point.x + shift.x, y: point.y + shift.y)
    }
    let start = moved(path.start)
    var steps: [GraphLayout.Step] = []
    for step in path.steps {
      guard case .curve(let end) = step else {
        steps.append(.line(moved(step.end)))
        continue
      }
      let column = columnOf[layer]
      layer += 1
      shift = shifts[columnOf[layer]]
      let target = moved(end)
      if columnOf[layer] != column, let lane = lanes[column][number] {
        let from = steps.last?.end ?? start
        steps += Self.steps(from: from, to: target, by: lane)
      } else {
        steps.append(.curve(target))
      }
    }
    return GraphLayout.Path(
      source: path.source, target: path.target, start: start, steps: steps)
  }

  private static func steps(
    from start: GraphLayout.Point, to end: GraphLayout.Point, by lane: Lane
  ) -> [GraphLayout.Step] {
    typealias Point = GraphLayout.Point
    let radius = 6.0
    return [
      .line(Point(x: start.x, y: lane.foot - radius)),
      .corner(Point(x: start.x, y: lane.foot), end: Point(x: start.x + radius, y: lane.foot)),
      .line(Point(x: lane.gutter - radius, y: lane.foot)),
      .corner(
        Point(x: lane.gutter, y: lane.foot), end: Point(x: lane.gutter, y: lane.foot - radius)),
      .line(Point(x: lane.gutter, y: lane.head + radius)),
      .corner(
        Point(x: lane.gutter, y: lane.head), end: Point(x: lane.gutter + radius, y: lane.head)),
      .line(Point(x: end.x - radius, y: lane.head)),
      .corner(Point(x: end.x, y: lane.head), end: Point(x: end.x, y: lane.head + radius)),
      .line(end),
    ]
  }

  private struct Crossing {
    let path: Int
    let foot: Double
    let head: Double
  }

  private static func crossings(of layout: GraphLayout, after cut: Int) -> [Crossing] {
    layout.paths.enumerated().compactMap { number, path in
      let first = layout.layerOf[path.source]
      guard first <= cut, cut < layout.layerOf[path.target] else { return nil }
      // A path has a line and a curve for each layer that it leaves.
      let step = (cut - first) * 2
      return Crossing(
        path: number, foot: path.steps[step].end.x, head: path.steps[step + 1].end.x)
    }
  }

  private static func extents(
    of layout: GraphLayout, columnOf: [Int], count: Int
  ) -> [(left: Double, right: Double)] {
    var extents = [(left: Double, right: Double)](repeating: (.infinity, -.infinity), count: count)
    func include(_ left: Double, _ right: Double, layer: Int) {
      let column = columnOf[layer]
      extents[column].left = min(extents[column].left, left)
      extents[column].right = max(extents[column].right, right)
    }
    for (box, layer) in zip(layout.boxes, layout.layerOf) {
      include(box.x, box.x + box.width, layer: layer)
    }
    for path in layout.paths {
      for (index, step) in path.steps.enumerated() {
        let layer = layout.layerOf[path.source] + (index + 1) / 2
        include(step.end.x, step.end.x, layer: layer)
      }
    }
    return extents
  }
}
