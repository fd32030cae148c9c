import StanceGraph
import StanceTensors

/// What a drawing of a graph shows: its inputs, its operators and its outputs, and which values
/// flow from one to the other.
///
/// Operators that only unpack constants (DEQUANTIZE, DENSIFY) are no boxes of their own: they belong
/// to the operators that compute with what they unpack.
struct GraphDrawing {
  enum Item: Hashable {
    /// A position in ``Graph/inputs``.
    case input(Int)
    /// A position in ``Graph/nodes``.
    case `operator`(Int)
    /// A position in ``Graph/outputs``.
    case output(Int)
  }

  let graph: Graph
  let items: [Item]
  /// For each arrow, by the places of its ends in ``items``, the values that flow along it.
  let flows: [LayeredGraph.Edge: [ValueID]]
  let layout: GraphLayout
  /// For each operator that has no box, the first operator that uses what it unpacks.
  let unpackers: [Int: Int]

  static let boxSize = LayeredGraph.Size(width: 212, height: 44)
  /// More boxes than this nobody could look at.
  static let itemLimit = 4000
  static let flowLimit = 20_000

  /// - Returns: nil where the graph is too large to be drawn.
  init?(_ graph: Graph) {
    self.graph = graph
    unpackers = graph.unpackers
    let unpackers = unpackers
    items =
      graph.inputs.indices.map(Item.input)
      + graph.nodes.indices.filter { unpackers[$0] == nil }.map(Item.operator)
      + graph.outputs.indices.map(Item.output)
    guard items.count <= Self.itemLimit else { return nil }
    flows = Self.flows(in: graph, items: items)
    guard flows.count <= Self.flowLimit else { return nil }
    let layered = LayeredGraph(
      boxes: items.map { _ in Self.boxSize }, edges: Array(flows.keys))
    guard let layout = GraphLayout(layered) else { return nil }
    self.layout = layout
  }

  private init(_ drawing: GraphDrawing, layout: GraphLayout) {
    (graph, items, flows) = (drawing.graph, drawing.items, drawing.flows)
    (unpackers, self.layout) = (drawing.unpackers, layout)
  }

  /// The same in as many columns as suit a printed page.
  func foldedForPaper() -> GraphDrawing {
    // A page of text is about 17 by 24 cm.
    GraphDrawing(self, layout: layout.folded(toward: 0.7))
  }

  private struct Flow: Hashable {
    let edge: LayeredGraph.Edge
    let value: ValueID
  }

  private static func flows(in graph: Graph, items: [Item]) -> [LayeredGraph.Edge: [ValueID]] {
    var makers: [ValueID: Int] = [:]
    for (place, item) in items.enumerated() {
      switch item {
      case .input(let position): makers[graph.inputs[position]] = place
      case .operator(let index): for id in graph.nodes[index].outputs { makers[id] = place }
      case .output: break
      }
    }
    var flows: [LayeredGraph.Edge: [ValueID]] = [:]
    var seen: Set<Flow> = []
    for (place, item) in items.enumerated() {
      let read: [ValueID] =
        switch item {
        case .input: []
        case .operator(let index): graph.nodes[index].inputs.compactMap { $0 }
        case .output(let position): [graph.outputs[position]]
        }
      for id in read {
        guard let maker = makers[id] else { continue }
        let edge = LayeredGraph.Edge(source: maker, target: place)
        if seen.insert(Flow(edge: edge, value: id)).inserted {
          flows[edge, default: []].append(id)
        }
      }
    }
    return flows
  }
}

extension Graph {
  /// Operators that only unpack constants for others, each with the first that uses the result.
  fileprivate var unpackers: [Int: Int] {
    let ends = Set(outputs)
    var makers: [ValueID: Int] = [:]
    var users: [Int: Int] = [:]
    for (index, node) in nodes.enumerated() {
      let read = node.inputs.compactMap { $0 }
      for maker in read.compactMap({ makers[$0] }) where users[maker] == nil {
        users[maker] = index
      }
      switch node.operation {
      case .dequantize, .densify: break
      default: continue
      }
      guard let source = read.first, !node.outputs.contains(where: ends.contains),
        self[source].constant != nil || makers[source] != nil
      else { continue }
      for id in node.outputs { makers[id] = index }
    }
    // The first links of a chain belong to what its last one belongs to.
    for (maker, user) in users.sorted(by: { $0.key > $1.key }) {
      users[maker] = users[user] ?? user
    }
    return users
  }
}
