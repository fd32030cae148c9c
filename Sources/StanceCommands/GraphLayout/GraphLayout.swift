/// Where the boxes of a graph stand and how the arrows between them run, in pixels from the top
/// left corner.
///
/// Every arrow goes downwards from layer to layer and passes no box: within a layer it runs straight
/// down beside the boxes, and it moves sideways only between layers.
struct GraphLayout: Hashable {
  struct Point: Hashable {
    var x: Double
    var y: Double
  }

  struct Rectangle: Hashable {
    var x: Double
    var y: Double
    let width: Double
    let height: Double

    var center: Double { x + width / 2 }
    var bottom: Double { y + height }
  }

  /// An arrow's way.
  struct Path: Hashable {
    let source: Int
    let target: Int
    let start: Point
    var steps: [Step]
  }

  enum Step: Hashable {
    case line(Point)
    /// Leaves and arrives vertically.
    case curve(Point)
    /// A rounded corner.
    case corner(Point, end: Point)

    var end: Point {
      switch self {
      case .line(let end), .curve(let end), .corner(_, let end): end
      }
    }
  }

  /// The room of a layer, from top to bottom.
  struct Band: Hashable {
    let top: Double
    let bottom: Double
  }

  var boxes: [Rectangle]
  var paths: [Path]
  var bands: [Band]
  /// The layer of each box.
  let layerOf: [Int]
  var width: Double
  var height: Double
}

extension GraphLayout {
  /// Distances, in pixels.
  enum Spacing {
    static let boxes = 28.0
    static let bends = 16.0
    /// Between layers, at least and at most.
    static let layers = 26.0...72.0
    /// More where arrows go far to the side, so that they do not become flat.
    static let layersByDistance = 0.14
  }

  /// The most bends that are placed. A file may ask for far more than anybody could look at.
  static let bendLimit = 60_000

  /// - Returns: nil where the graph is too large to be drawn.
  init?(_ graph: LayeredGraph) {
    guard var layering = Layering(graph, bendLimit: Self.bendLimit) else { return nil }
    layering.reduceCrossings()
    let widths = (0..<layering.vertexCount).map {
      layering.isBend($0) ? 0 : graph.boxes[$0].width
    }
    let placed = HorizontalPlacement(layering, widths: widths) { left, right in
      layering.isBend(left) && layering.isBend(right) ? Spacing.bends : Spacing.boxes
    }
    let centers = placed.centers
    let bands = Self.bands(of: layering, graph, centers: centers)
    let boxes = graph.boxes.enumerated().map { box, size in
      let band = bands[layering.layerOf[box]]
      return Rectangle(
        x: centers[box] - size.width / 2,
        y: ((band.top + band.bottom - size.height) / 2).rounded(), width: size.width,
        height: size.height)
    }
    let paths = zip(graph.edges, layering.bends).map { edge, bends in
      Self.path(of: edge, through: bends, layering, centers: centers, boxes: boxes, bands: bands)
    }
    self.init(
      boxes: boxes, paths: paths, bands: bands,
      layerOf: Array(layering.layerOf.prefix(boxes.count)),
      width: zip(centers, widths).map { $0 + $1 / 2 }.max() ?? 0, height: bands.last?.bottom ?? 0)
  }

  private static func bands(
    of layering: Layering, _ graph: LayeredGraph, centers: [Double]
  ) -> [Band] {
    var bands: [Band] = []
    var top = 0.0
    for layer in layering.layers {
      let height = layer.filter { !layering.isBend($0) }.map { graph.boxes[$0].height }.max() ?? 0
      bands.append(Band(top: top, bottom: top + height))
      let farthest = layer.flatMap { vertex in
        layering.below[vertex].map { abs(centers[$0] - centers[vertex]) }
      }.max()
      let range = Spacing.layers
      let gap = range.lowerBound + (farthest ?? 0) * Spacing.layersByDistance
      top += height + min(gap, range.upperBound).rounded()
    }
    return bands
  }

  private static func path(
    of edge: LayeredGraph.Edge, through bends: [Int], _ layering: Layering, centers: [Double],
    boxes: [Rectangle], bands: [Band]
  ) -> Path {
    let (source, target) = (edge.source, edge.target)
    var steps: [Step] = [
      .line(Point(x: centers[source], y: bands[layering.layerOf[source]].bottom))
    ]
    for bend in bends {
      let band = bands[layering.layerOf[bend]]
      steps.append(.curve(Point(x: centers[bend], y: band.top)))
      steps.append(.line(Point(x: centers[bend], y: band.bottom)))
    }
    steps.append(.curve(Point(x: centers[target], y: bands[layering.layerOf[target]].top)))
    steps.append(.line(Point(x: centers[target], y: boxes[target].y)))
    return Path(
      source: source, target: target,
      start: Point(x: centers[source], y: boxes[source].bottom), steps: steps)
  }
}
