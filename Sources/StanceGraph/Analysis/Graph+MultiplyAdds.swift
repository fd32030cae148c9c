import StanceTensors

extension Graph {
  /// The multiply-adds of one node: those of convolutions and matrix products, which is what is
  /// compared between networks. An activation, a bias or a requantisation counts nothing, and
  /// zeros of the padding and of sparse weights count like any other element.
  ///
  /// - Returns: nil where they cannot be known: shapes that vary or are missing, or an operator
  ///   that only its name tells.
  public func multiplyAdds(of node: Node) -> Int? {
    switch node.operation {
    case .convolution:
      // Each element of [N, H, W, O] takes a window of [kH, kW, C] from weights [O, kH, kW, C].
      return product(
        knownShape(of: node.outputs.first)?.elementCount,
        knownShape(of: operand(1, of: node))?.elementCountPerIndex(ofAxis: 0))
    case .depthwiseConvolution:
      // Each element of [N, H, W, C] takes a window of [kH, kW] from weights [1, kH, kW, C].
      return product(
        knownShape(of: node.outputs.first)?.elementCount,
        knownShape(of: operand(1, of: node))?.elementCountPerIndex(ofAxis: 3))
    case .transposeConvolution:
      // Each element of x [N, H, W, C] goes to a window of [O, kH, kW] by weights [O, kH, kW, C].
      return product(
        knownShape(of: operand(2, of: node))?.elementCount,
        knownShape(of: operand(1, of: node))?.elementCountPerIndex(ofAxis: 3))
    case .custom(let custom) where custom.name == "Convolution2DTransposeBias":
      // As above; operands are x, weights [O, kH, kW, C], bias.
      return product(
        knownShape(of: operand(0, of: node))?.elementCount,
        knownShape(of: operand(1, of: node))?.elementCountPerIndex(ofAxis: 3))
    case .fullyConnected:
      // Weights [O, C].
      return product(
        knownShape(of: node.outputs.first)?.elementCount,
        knownShape(of: operand(1, of: node))?.elementCountPerIndex(ofAxis: 0))
    case .custom, .unsupported:
      return nil
    default:
      return 0
    }
  }

  func operand(_ index: Int, of node: Node) -> ValueID? {
    node.inputs.indices.contains(index) ? node.inputs[index] : nil
  }

  /// The shape of `id` where nothing of it but the number of pictures may vary; that counts as the
  /// file declares it.
  private func knownShape(of id: ValueID?) -> Shape? {
    guard let id, values.indices.contains(id.index) else { return nil }
    let value = self[id]
    guard value.hasRank, !(value.shapeSignature ?? []).dropFirst().contains(nil) else { return nil }
    return value.shape
  }
}

extension Shape {
  /// The elements that one index along `axis` stands for; nil where there is no such axis, or
  /// nothing along it.
  fileprivate func elementCountPerIndex(ofAxis axis: Int) -> Int? {
    guard axis < rank, self[axis] > 0 else { return nil }
    return elementCount / self[axis]
  }
}

private func product(_ left: Int?, _ right: Int?) -> Int? {
  guard let left, let right else { return nil }
  let (product, overflow) = left.multipliedReportingOverflow(by: right)
  return overflow ? nil : product
}
