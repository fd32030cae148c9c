import Testing

@testable import StanceCommands

@Suite struct GraphLayoutTests {
  private func layout(_ graph: LayeredGraph) throws -> GraphLayout {
    try #require(GraphLayout(graph))
  }

  @Test func aChainIsAStraightLine() throws {
    let layout = try layout(.sample(20, (0..<19).map { ($0, $0 + 1) }))
    #expect(Set(layout.boxes.map(\.center)).count == 1)
    #expect(layout.paths.count == 19)
    for path in layout.paths {
      #expect(path.steps.allSatisfy { $0.end.x == path.start.x })
    }
  }

  /// A sum of a chain and of what the chain began with, several times.
  @Test func whatGoesAroundAChainLeavesItStraight() throws {
    var edges: [(Int, Int)] = (0..<12).map { ($0, $0 + 1) }
    edges += [(0, 3), (3, 6), (6, 9), (0, 12)]
    let layout = try layout(.sample(13, edges))
    #expect(Set(layout.boxes.map(\.center)).count == 1)
    let around = try #require(layout.paths.first { $0.source == 0 && $0.target == 12 })
    #expect(around.steps.contains { $0.end.x != layout.boxes[0].center })
  }

  @Test func branchesThatCanStandApartDoNotCross() throws {
    // Two chains whose boxes are given alternately, the second one's first.
    let edges = [(0, 3), (1, 2), (2, 5), (3, 4), (4, 7), (5, 6), (6, 8), (7, 8)]
    let graph = LayeredGraph.sample(9, edges)
    var layering = try #require(Layering(graph, bendLimit: 100))
    #expect(layering.crossingCount > 0)
    layering.reduceCrossings()
    #expect(layering.crossingCount == 0)
  }

  @Test func layersGoDown() {
    // 3 depends on nothing: it stands above the one that needs it.
    let graph = LayeredGraph.sample(5, [(0, 1), (1, 2), (2, 4), (3, 4)])
    #expect(graph.longestPathLayers() == [0, 1, 2, 2, 3])
  }

  @Test func arrowsThatLeadNowhereOrBackAreLeftOut() {
    let graph = LayeredGraph.sample(3, [(0, 1), (0, 1), (2, 1), (1, 1), (1, 9), (-1, 2)])
    #expect(graph.edges == [LayeredGraph.Edge(source: 0, target: 1)])
  }

  @Test func nothingIsDrawnAsNothing() throws {
    let layout = try layout(.sample(0, []))
    #expect(layout.boxes.isEmpty && layout.width == 0 && layout.height == 0)
    #expect(layout.folded(toward: 1) == layout)
  }

  @Test func tooManyBendsAreRefused() {
    let count = 500
    var edges = (0..<count - 1).map { ($0, $0 + 1) }
    edges += (0..<count / 2).map { ($0, $0 + count / 2) }
    #expect(GraphLayout(.sample(count, edges)) == nil)
  }

  @Test(arguments: 0..<40)
  func randomGraphsAreDrawnCleanly(seed: Int) throws {
    let graph = LayeredGraph.random(seed: seed)
    let layout = try layout(graph)
    #expect(layout.paths.count == graph.edges.count)
    layout.expectClean()
    for path in layout.paths {
      let heights = path.samples.map(\.y)
      #expect(zip(heights, heights.dropFirst()).allSatisfy { $0 <= $1 })
      #expect(path.start.y == layout.boxes[path.source].bottom)
      #expect(path.steps.last?.end.y == layout.boxes[path.target].y)
    }
    #expect(GraphLayout(graph) == layout)
  }

  @Test(arguments: 0..<20)
  func columnsAreDrawnCleanly(seed: Int) throws {
    let layout = try layout(.random(seed: seed))
    let folded = layout.folded(toward: 2)
    #expect(folded.width >= layout.width)
    #expect(folded.paths.count == layout.paths.count)
    folded.expectClean()
    for path in folded.paths {
      #expect(path.steps.last?.end.y == folded.boxes[path.target].y)
      #expect(path.steps.last?.end.x == folded.boxes[path.target].center)
    }
  }

  @Test func aLongChainFillsAPage() throws {
    let layout = try layout(.sample(150, (0..<149).map { ($0, $0 + 1) }))
    let folded = layout.folded(toward: 0.7)
    #expect((0.5...1).contains(folded.width / folded.height))
    #expect(Set(folded.boxes.map(\.x)).count > 3)
    folded.expectClean()
  }
}

extension LayeredGraph {
  fileprivate static func sample(_ count: Int, _ edges: [(Int, Int)]) -> LayeredGraph {
    LayeredGraph(
      boxes: (0..<count).map { _ in Size(width: 100, height: 40) },
      edges: edges.map { Edge(source: $0, target: $1) })
  }

  /// Chains with arrows from far above, as networks have them; boxes of several sizes.
  fileprivate static func random(seed: Int) -> LayeredGraph {
    var state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 &+ 1
    func next(_ limit: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % limit
    }
    let count = 2 + next(60)
    var edges: [Edge] = []
    for target in 1..<count {
      edges.append(Edge(source: max(target - 1 - next(3), 0), target: target))
      if next(3) == 0 { edges.append(Edge(source: next(target), target: target)) }
    }
    let boxes = (0..<count).map { _ in
      Size(width: Double(60 + next(3) * 40), height: Double(30 + next(2) * 20))
    }
    return LayeredGraph(boxes: boxes, edges: edges)
  }
}

extension GraphLayout {
  /// No box lies on another, no arrow passes through one, and nothing lies outside.
  fileprivate func expectClean() {
    for (index, box) in boxes.enumerated() {
      #expect(box.x >= 0 && box.x + box.width <= width)
      #expect(box.y >= 0 && box.bottom <= height)
      for other in boxes[(index + 1)...] {
        let apart =
          box.x + box.width <= other.x || other.x + other.width <= box.x
          || box.bottom <= other.y || other.bottom <= box.y
        #expect(apart)
      }
    }
    for path in paths {
      for point in path.samples {
        let hit = boxes.contains { box in
          box.x < point.x && point.x < box.x + box.width && box.y < point.y
            && point.y < box.bottom
        }
        #expect(!hit, "the arrow from \(path.source) to \(path.target) at \(point)")
      }
    }
  }
}

extension GraphLayout.Path {
  /// Points along the way, close to one another.
  fileprivate var samples: [GraphLayout.Point] {
    var points = [start]
    for step in steps {
      guard let from = points.last else { continue }
      for part in 1...16 {
        let t = Double(part) / 16
        points.append(step.point(at: t, from: from))
      }
    }
    return points
  }
}

extension GraphLayout.Step {
  fileprivate func point(at t: Double, from start: GraphLayout.Point) -> GraphLayout.Point {
    typealias Point = GraphLayout.Point
    if t == 1 { return end }
    func mix(_ a: Point, _ b: Point) -> Point {
      Point(x: a.x + (b.x - a.x) * t, y: a.y + (b.y - a.y) * t)
    }
    switch self {
    case .line(let end): return mix(start, end)
    case .corner(let through, let end): return mix(mix(start, through), mix(through, end))
    case .curve(let end):
      let middle = (start.y + end.y) / 2
      let (first, second) = (Point(x: start.x, y: middle), Point(x: end.x, y: middle))
      let (a, b, c) = (mix(start, first), mix(first, second), mix(second, end))
      return mix(mix(a, b), mix(b, c))
    }
  }
}
