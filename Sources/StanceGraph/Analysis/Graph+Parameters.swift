import StanceTensors

extension Graph {
  /// The learnt constants that a node computes with: weights, biases, slopes. Integers that only
  /// give shapes, axes or sizes are none.
  ///
  /// A weight that is stored sparse or in half precision belongs to the node that uses it, not to
  /// the DENSIFY or DEQUANTIZE that unpacks it.
  ///
  /// - Parameter producers: from ``producers``, so that it is worked out once for all nodes.
  /// - Returns: the constants themselves, each once.
  public func parameters(of node: Node, producers: [ValueID: Int]) -> [ValueID] {
    switch node.operation {
    case .dequantize, .densify: return []
    default: break
    }
    var constants: [ValueID] = []
    for (position, id) in node.inputs.enumerated() {
      guard let id, let constant = storedConstant(behind: id, producers: producers),
        !constants.contains(constant), isLearnt(constant, position: position, of: node)
      else { continue }
      constants.append(constant)
    }
    return constants
  }

  /// The node that computes each value.
  public var producers: [ValueID: Int] {
    var producers: [ValueID: Int] = [:]
    for (index, node) in nodes.enumerated() {
      for output in node.outputs { producers[output] = index }
    }
    return producers
  }

  private func isLearnt(_ id: ValueID, position: Int, of node: Node) -> Bool {
    switch node.operation {
    case .convolution, .depthwiseConvolution, .fullyConnected: return position > 0
    case .transposeConvolution: return position == 1 || position == 3
    default: break
    }
    let value = self[id]
    switch value.elementType {
    case .bool, .string, .resource, .variant: return false
    default: return !value.elementType.isInteger || value.quantization != nil
    }
  }

  /// The constant that `id` is, or is unpacked from.
  private func storedConstant(behind id: ValueID, producers: [ValueID: Int]) -> ValueID? {
    var id = id
    // Each round goes one node back; a file may hold a circle.
    for _ in 0...nodes.count {
      if self[id].constant != nil { return id }
      guard let index = producers[id] else { return nil }
      switch nodes[index].operation {
      case .dequantize, .densify:
        guard let operand = operand(0, of: nodes[index]) else { return nil }
        id = operand
      default: return nil
      }
    }
    return nil
  }
}
