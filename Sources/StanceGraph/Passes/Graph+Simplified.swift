extension Graph {
  /// This graph with less to do and the same results, bit for bit but for the last bits of floats
  /// that are resized. Values keep their positions, inputs and outputs are the same, and nodes keep
  /// the numbers that they had in the file.
  public var simplified: Graph {
    numberingNodes().cancellingQuantization().foldingPadding().resizingLater()
  }

  /// Each node with the number that messages name it by.
  public func numberingNodes() -> Graph {
    var graph = self
    for index in graph.nodes.indices {
      graph.nodes[index].number = graph.nodes[index].number ?? index
    }
    return graph
  }

  /// The positions of the nodes that read each value.
  func readers() -> [[Int]] {
    var readers = [[Int]](repeating: [], count: values.count)
    for (index, node) in nodes.enumerated() {
      for id in Set(node.inputs.compactMap { $0 }) { readers[id.index].append(index) }
    }
    return readers
  }

  /// Whether a value is but what its node gave: nobody sets it, keeps it or reads it outside.
  func isInternal(_ id: ValueID) -> Bool {
    !self[id].isVariable && self[id].constant == nil && !inputs.contains(id)
      && !outputs.contains(id)
  }

  /// The graph without the nodes at `positions`.
  func removingNodes(_ positions: Set<Int>) -> Graph {
    var graph = self
    graph.nodes = nodes.indices.filter { !positions.contains($0) }.map { nodes[$0] }
    return graph
  }
}
