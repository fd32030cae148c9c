import StanceTensors

extension Graph {
  /// Pointwise convolutions of floats behind a resize that enlarges, done before it: on fewer pixels,
  /// and on no fewer channels than are left to resize.
  ///
  /// Both are linear, one along channels and one along pixels, and a pixel's shares of its neighbours
  /// add up to 1, which leaves the bias what it is: sums are rounded in another order, and otherwise
  /// the same. Clamps stay behind both. Left alone is a resize that anything else reads too.
  public func resizingLater() -> Graph {
    var graph = self
    let readers = readers()
    var pairs: [Int: Int] = [:]
    for (index, node) in nodes.enumerated() {
      guard case .resize = node.operation, let result = node.outputs.first, isInternal(result),
        let position = readers[result.index].first, readers[result.index].count == 1,
        isEnlarging(node), isPointwise(nodes[position], of: result)
      else { continue }
      pairs[position] = index
    }
    guard !pairs.isEmpty else { return self }
    let moved = Set(pairs.values)
    graph.nodes = []
    for (index, node) in nodes.enumerated() where !moved.contains(index) {
      if let first = pairs[index] {
        graph.append(node, before: nodes[first])
      } else {
        graph.nodes.append(node)
      }
    }
    return graph
  }

  /// Appends a convolution and the resize that was before it. The value between the two becomes what
  /// the convolution gives.
  private mutating func append(_ convolution: Node, before resize: Node) {
    guard case .convolution(var window) = convolution.operation, let x = resize.inputs[0] else {
      return
    }
    let (between, result) = (resize.outputs[0], convolution.outputs[0])
    self[between].shape = Shape(self[x].shape.dropLast() + self[result].shape.suffix(1))
    self[between].shapeSignature = nil
    let clamp = window.activation.function
    window.activation = .none
    var (first, second) = (convolution, resize)
    first.operation = .convolution(window)
    first.inputs[0] = x
    first.outputs = [between]
    second.inputs[0] = between
    second.outputs = [result]
    nodes += [first, second]
    guard let clamp else { return }
    let resized = ValueID(values.count)
    values.append(self[result])
    nodes[nodes.count - 1].outputs = [resized]
    var last = Node(
      operation: .unary(Unary(kind: clamp)), inputs: [resized], outputs: [result])
    last.number = convolution.number
    nodes.append(last)
  }

  private func isEnlarging(_ node: Node) -> Bool {
    guard node.inputs.count == 2, let x = node.inputs[0], node.inputs[1] != x,
      !self[x].isVariable, node.inputs[1].map({ !self[$0].isVariable }) == true,
      let result = node.outputs.first, self[x].elementType == .float32,
      self[result].elementType == .float32, self[x].shape.rank == 4, self[result].shape.rank == 4
    else { return false }
    let (from, to) = (self[x].shape, self[result].shape)
    return from[1] * from[2] < to[1] * to[2]
  }

  private func isPointwise(_ node: Node, of id: ValueID) -> Bool {
    guard case .convolution(let convolution) = node.operation, node.inputs.count > 1,
      node.inputs[0] == id, !node.inputs.dropFirst().contains(id), convolution.strides == .one,
      convolution.activation == .none || convolution.activation.function != nil,
      [.same, .valid].contains(convolution.padding),
      let result = node.outputs.first, self[result].elementType == .float32,
      !self[result].isVariable, let weights = node.inputs[1].flatMap(storedShape),
      weights.rank == 4,
      weights[1] == 1, weights[2] == 1, weights[3] == self[id].shape[3],
      weights[0] <= weights[3], self[result].shape.rank == 4, self[result].shape[3] == weights[0]
    else { return false }
    return true
  }

  /// The shape of a constant, or of what is only another form of one.
  private func storedShape(_ id: ValueID) -> Shape? {
    var origin = id
    // Sparse, then of another type.
    for _ in 0..<2 where self[origin].constant == nil {
      guard let node = nodes.first(where: { $0.outputs == [origin] }),
        let source = node.inputs.first ?? nil, self[source].shape == self[id].shape
      else { return nil }
      switch node.operation {
      case .densify, .dequantize: origin = source
      default: return nil
      }
    }
    return self[origin].constant == nil ? nil : self[id].shape
  }
}

extension Activation {
  /// The operator that does the same; nil where there is none, and for nothing.
  fileprivate var function: Unary.Kind? {
    switch self {
    case .relu: .relu
    case .relu6: .relu6
    case .reluN1To1: .reluN1To1
    case .none, .tanh, .signBit: nil
    }
  }
}
