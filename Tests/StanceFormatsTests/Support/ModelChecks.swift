import StanceGraph
import StanceTensors
import Testing

/// What everything that takes a model relies on.
func requireConsistent(_ model: Model, _ label: String) {
  for graph in [model.graph] + model.subgraphs {
    let ids =
      graph.inputs + graph.outputs
      + graph.nodes.flatMap { $0.inputs.compactMap { $0 } + $0.outputs }
    #expect(ids.allSatisfy { graph.values.indices.contains($0.index) }, "\(label)")
    #expect(graph.nodes.allSatisfy { $0.version >= 1 }, "\(label)")
    for value in graph.values {
      if let quantization = value.quantization, quantization.isPerAxis {
        #expect(value.shape[quantization.axis] == quantization.scales.count, "\(label)")
      }
      if let signature = value.shapeSignature {
        #expect(signature.count == value.shape.rank, "\(label)")
      }
      if let constant = value.constant, value.sparsity == nil,
        let size = value.elementType.byteCount
      {
        #expect(constant.count == value.shape.elementCount * size, "\(label)")
      }
      if let sparsity = value.sparsity {
        #expect(sparsity.levels.count == sparsity.traversalOrder.count, "\(label)")
        #expect(
          sparsity.levels.count == value.shape.rank + sparsity.blockMap.count, "\(label)")
      }
    }
  }
}

/// The memory in bytes that a model takes beside the file, counted up from its parts.
func footprint(of model: Model) -> Int {
  let graphs = [model.graph] + model.subgraphs
  return graphs.reduce(0) { $0 + footprint(of: $1) }
    + model.description.heapSize
    + model.metadata.reduce(model.metadata.heapSize) { $0 + $1.name.heapSize }
    + model.signatures.reduce(model.signatures.heapSize) { total, signature in
      total + signature.key.heapSize + signature.inputs.heapSize + signature.outputs.heapSize
        + (signature.inputs + signature.outputs).reduce(0) { $0 + $1.name.heapSize }
    }
}

private func footprint(of graph: Graph) -> Int {
  var size = MemoryLayout<Graph>.stride + graph.name.heapSize
  size += graph.values.heapSize + graph.nodes.heapSize
  size += graph.inputs.heapSize + graph.outputs.heapSize
  for node in graph.nodes {
    size += node.inputs.heapSize + node.outputs.heapSize
    switch node.operation {
    case .reshape(let reshape): size += reshape.shape?.heapSize ?? 0
    case .squeeze(let squeeze): size += squeeze.axes.heapSize
    default: break
    }
  }
  for value in graph.values {
    size += value.name.heapSize + value.shape.dimensions.heapSize
    size += value.shapeSignature?.heapSize ?? 0
    if let quantization = value.quantization {
      size += quantization.scales.heapSize + quantization.zeroPoints.heapSize
    }
    if let sparsity = value.sparsity {
      size += sparsity.traversalOrder.heapSize + sparsity.blockMap.heapSize
      size += sparsity.levels.heapSize
    }
  }
  return size
}

extension Array {
  fileprivate var heapSize: Int { isEmpty ? 0 : 32 + count * MemoryLayout<Element>.stride }
}

extension String {
  fileprivate var heapSize: Int { utf8.count < 16 ? 0 : 32 + utf8.count }
}
