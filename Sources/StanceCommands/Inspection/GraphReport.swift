import StanceGraph
import StanceTensors

/// What there is to say of a graph's operators, one by one and in all.
struct GraphReport {
  let graph: Graph
  let operators: [OperatorReport]
  let memory: GraphMemory
  /// Learnt numbers, each counted once however many operators share it.
  let parameterCount: Int
  /// Of the operators whose multiply-adds are known.
  let multiplyAdds: Int
  /// How many operators' multiply-adds are not known.
  let unknownOperatorCount: Int

  struct OperatorReport {
    let node: Node
    let multiplyAdds: Int?
    let parameterCount: Int
  }

  init(_ graph: Graph) {
    self.graph = graph
    memory = graph.memory
    let producers = graph.producers
    var counted: Set<ValueID> = []
    var parameters = 0
    operators = graph.nodes.map { node in
      let constants = graph.parameters(of: node, producers: producers)
      for id in constants where counted.insert(id).inserted {
        parameters = saturatingSum(parameters, graph[id].shape.elementCount)
      }
      return OperatorReport(
        node: node, multiplyAdds: graph.multiplyAdds(of: node),
        parameterCount: constants.reduce(0) { saturatingSum($0, graph[$1].shape.elementCount) })
    }
    parameterCount = parameters
    multiplyAdds = operators.reduce(0) { saturatingSum($0, $1.multiplyAdds ?? 0) }
    unknownOperatorCount = operators.count { $0.multiplyAdds == nil }
  }

  /// How often each operator occurs, the most frequent first.
  var operatorCounts: [(name: String, count: Int)] {
    Dictionary(grouping: graph.nodes) { $0.operation.name }
      .map { (name: $0.key, count: $0.value.count) }
      .sorted { ($1.count, $0.name) < ($0.count, $1.name) }
  }

  /// The machine code of an operator that Google's compiler for the Edge TPU made, in bytes.
  var edgeTPUByteCount: Int? {
    for node in graph.nodes {
      if case .custom(let custom) = node.operation, custom.isEdgeTPU { return custom.options.count }
    }
    return nil
  }
}

/// `left + right`, or the largest number where that would overflow.
func saturatingSum(_ left: Int, _ right: Int) -> Int {
  let (sum, overflow) = left.addingReportingOverflow(right)
  return overflow ? .max : sum
}

/// What a model compiled for the Edge TPU is, in words.
enum EdgeTPUExplanation {
  static func text(byteCount: Int) -> String {
    """
    This model is compiled for Google's Edge TPU. The compiler has put its layers into one
    operator, edgetpu-custom-op: \(NumberText.grouped(byteCount)) bytes of machine code and
    weights for that chip. They cannot run on a CPU, and what the layers are can no longer
    be told. Use the file that it was compiled from, whose name lacks "_edgetpu".

    """
  }
}
