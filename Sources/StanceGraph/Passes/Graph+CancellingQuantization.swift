import StanceTensors

extension Graph {
  /// QUANTIZE of what DEQUANTIZE gave, with the same scale and zero point, replaced by what was
  /// dequantised. A DEQUANTIZE that nobody reads any more goes too.
  ///
  /// The other way round is no identity: quantising rounds.
  public func cancellingQuantization() -> Graph {
    var graph = self
    var origins: [ValueID: ValueID] = [:]
    for node in nodes {
      if case .dequantize = node.operation, let x = node.inputs.first ?? nil,
        let result = node.outputs.first, isInternal(result), !self[x].isVariable
      {
        origins[result] = x
      }
    }
    var replacements: [ValueID: ValueID] = [:]
    var cancelled: Set<Int> = []
    for (index, node) in nodes.enumerated() {
      guard case .quantize = node.operation, let real = node.inputs.first ?? nil,
        let origin = origins[real], let result = node.outputs.first, isInternal(result),
        self[origin].elementType == self[result].elementType,
        [.int8, .uint8].contains(self[result].elementType),
        let quantization = self[origin].quantization, !quantization.isPerAxis,
        quantization == self[result].quantization, quantization.scale.isNormal,
        quantization.scale > 0
      else { continue }
      replacements[result] = replacements[origin] ?? origin
      cancelled.insert(index)
    }
    guard !cancelled.isEmpty else { return self }
    for index in graph.nodes.indices {
      graph.nodes[index].inputs = graph.nodes[index].inputs.map { id in
        id.map { replacements[$0] ?? $0 }
      }
    }
    graph = graph.removingNodes(cancelled)
    let readers = graph.readers()
    let unread = graph.nodes.indices.filter { index in
      guard case .dequantize = graph.nodes[index].operation else { return false }
      return graph.nodes[index].outputs.allSatisfy {
        origins[$0] != nil && readers[$0.index].isEmpty
      }
    }
    return graph.removingNodes(Set(unread))
  }
}
