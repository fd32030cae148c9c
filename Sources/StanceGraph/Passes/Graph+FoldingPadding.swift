import StanceTensors

extension Graph {
  /// PAD along height and width folded into the convolutions that follow, as explicit padding.
  ///
  /// Left alone is a PAD that anything else reads too, whose amounts are not constant, or that
  /// fills with anything but zero.
  public func foldingPadding() -> Graph {
    var graph = self
    let readers = readers()
    var folded: Set<Int> = []
    for (index, node) in nodes.enumerated() {
      guard let (x, padding) = foldablePadding(of: node) else { continue }
      let result = node.outputs[0]
      let convolutions = readers[result.index]
      guard !convolutions.isEmpty,
        convolutions.allSatisfy({ nodes[$0].isUnpaddedConvolution(of: result) })
      else { continue }
      for position in convolutions {
        graph.nodes[position].operation = nodes[position].operation.padded(by: padding)
        graph.nodes[position].inputs[0] = x
      }
      folded.insert(index)
    }
    return graph.removingNodes(folded)
  }

  /// What a PAD node reads, and its amounts; nil where they cannot be a convolution's.
  private func foldablePadding(of node: Node) -> (x: ValueID, Padding)? {
    guard case .pad(let pad) = node.operation, !pad.hasConstant, node.inputs.count == 2,
      let x = node.inputs[0], let amounts = node.inputs[1], let result = node.outputs.first,
      isInternal(result), !self[x].isVariable,
      self[x].quantization == self[result].quantization,
      [.float32, .int8, .uint8].contains(self[x].elementType),
      let numbers = integers(of: amounts), numbers.count == 8,
      numbers.allSatisfy({ (0..<1 << 12).contains($0) }),
      numbers[0] == 0, numbers[1] == 0, numbers[6] == 0, numbers[7] == 0
    else { return nil }
    return (
      x, .explicit(top: numbers[2], bottom: numbers[3], left: numbers[4], right: numbers[5])
    )
  }

  /// The elements of a constant of `int32` or `int64`.
  private func integers(of id: ValueID) -> [Int]? {
    guard let bytes = self[id].constant, self[id].sparsity == nil else { return nil }
    let (count, type) = (self[id].shape.elementCount, self[id].elementType)
    return bytes.withUnsafeBytes { raw in
      switch type {
      case .int32 where raw.count == count * 4:
        (0..<count).map { Int(raw.loadUnaligned(fromByteOffset: $0 * 4, as: Int32.self)) }
      case .int64 where raw.count == count * 8:
        (0..<count).map { Int(raw.loadUnaligned(fromByteOffset: $0 * 8, as: Int64.self)) }
      default: nil
      }
    }
  }
}

extension Node {
  /// Whether this is a convolution without padding whose picture, and nothing else, is `id`.
  fileprivate func isUnpaddedConvolution(of id: ValueID) -> Bool {
    guard inputs.first == id, !inputs.dropFirst().contains(id) else { return false }
    switch operation {
    case .convolution(let convolution): return convolution.padding == .valid
    case .depthwiseConvolution(let convolution): return convolution.window.padding == .valid
    default: return false
    }
  }
}

extension Operation {
  fileprivate func padded(by padding: Padding) -> Operation {
    switch self {
    case .convolution(var convolution):
      convolution.padding = padding
      return .convolution(convolution)
    case .depthwiseConvolution(var convolution):
      convolution.window.padding = padding
      return .depthwiseConvolution(convolution)
    default: return self
    }
  }
}
