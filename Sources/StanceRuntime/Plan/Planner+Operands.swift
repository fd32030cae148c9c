import StanceGraph
import StanceKernels
import StanceTensors

extension Planner {
  /// The shapes of the results, and whether they are the same whatever the operands' elements are.
  func inferredShapes(
    of step: Step
  ) throws -> (shapes: [Shape]?, followsFromShapes: Bool) {
    let query = ElementQuery()
    var operands: [OperandDescription?] = []
    for id in step.inputs {
      guard let id else {
        operands.append(nil)
        continue
      }
      guard let shape = shapes[id.index] else { return (nil, false) }
      let known: () -> TensorView? = {
        let view = staticView(id)
        if view == nil { query.wasInVain = true }
        return view
      }
      operands.append(
        OperandDescription(
          elementType: graph[id].elementType, shape: shape,
          integers: { known()?.integers() }, floats: { known()?.floats() }))
    }
    let inferred = try step.reporting {
      try ShapeInference.outputShapes(
        of: step.operation, operands: operands, outputCount: step.outputs.count)
    }
    if let inferred { try step.requireCount(of: inferred) }
    return (inferred, !query.wasInVain)
  }

  /// The elements of a value that is the same in every run.
  func staticView(_ id: ValueID) -> TensorView? {
    guard let bytes = statics[id.index], let shape = shapes[id.index] else { return nil }
    let value = graph[id]
    // The caller keeps the planner, and it the bytes.
    return TensorView(
      shape: shape, elementType: value.elementType, quantization: value.quantization,
      sparsity: value.sparsity, bytes: bytes.withUnsafeBytes { $0 })
  }

  /// A value of known shape, without its elements.
  func shapeView(_ id: ValueID) -> TensorView? {
    shapes[id.index].map { shape in
      TensorView(
        shape: shape, elementType: graph[id].elementType, quantization: graph[id].quantization,
        bytes: UnsafeRawBufferPointer(start: nil, count: 0))
    }
  }
}

/// Whether elements were asked for that are known only while the graph runs.
private final class ElementQuery {
  var wasInVain = false
}
