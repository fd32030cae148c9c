import StanceGraph

extension Graph {
  /// Every value that nodes name exists, is known before it is read, and is written by one node
  /// alone, so that no two parts of a run share memory by mistake.
  ///
  /// - Throws: ``RuntimeError`` that names the operator.
  func requireRunnable() throws {
    for id in inputs + outputs { try requireValue(id, "the graph") }
    if let id = inputs.first(where: { self[$0].constant != nil }) {
      throw RuntimeError(.unsupportedModel, "input \"\(self[id].name)\" is a constant")
    }
    var isKnown = values.map { $0.constant != nil || $0.isVariable }
    for id in inputs { isKnown[id.index] = true }
    for (index, node) in nodes.enumerated() {
      let label = "operator \(index) (\(node.operation.name))"
      for id in node.inputs.lazy.compactMap({ $0 }) {
        try requireValue(id, label)
        guard isKnown[id.index] else {
          throw RuntimeError(
            .unsupportedModel,
            "\(label) reads \"\(self[id].name)\" before anything has written it")
        }
        guard self[id].sparsity == nil || node.operation == .densify else {
          throw RuntimeError(
            .unsupportedModel,
            "\(label) reads the sparse constant \"\(self[id].name)\", which DENSIFY alone can")
        }
      }
      try requireOwnResults(of: node, label, isKnown: &isKnown)
    }
  }

  private func requireOwnResults(
    of node: Node, _ label: String, isKnown: inout [Bool]
  ) throws {
    for id in node.outputs {
      try requireValue(id, label)
      guard self[id].constant == nil else {
        throw RuntimeError(
          .unsupportedModel, "\(label) writes the constant \"\(self[id].name)\"")
      }
      guard !isKnown[id.index] || self[id].isVariable else {
        throw RuntimeError(
          .unsupportedModel,
          "\(label) writes \"\(self[id].name)\", which is an input or another operator's result")
      }
      isKnown[id.index] = true
    }
    guard Set(node.outputs).count == node.outputs.count else {
      throw RuntimeError(.unsupportedModel, "\(label) writes one value twice")
    }
  }

  private func requireValue(_ id: ValueID, _ label: String) throws {
    guard values.indices.contains(id.index) else {
      throw RuntimeError(
        .unsupportedModel, "\(label) names value \(id.index) of \(values.count)")
    }
  }
}
