import StanceGraph
import StanceKernels
import StanceTensors

extension Interpreter {
  /// Gives the results of `step` their shapes as far as they are known, and their elements where
  /// they follow from constants alone.
  func allocate(_ step: Step) throws {
    let operands = step.inputs.compactMap { $0 }
    if !operands.isEmpty, operands.allSatisfy({ memory[$0.index].isStatic }),
      !step.outputs.contains(where: { graph[$0].isVariable })
    {
      try run(step)
      for id in step.outputs { memory[id.index].isStatic = true }
    } else if let shapes = try outputShapes(of: step, knowingElements: false) {
      try makeRoom(for: shapes, of: step)
    }
  }

  func run(_ step: Step) throws {
    switch step.action {
    case .builtin(let executor):
      guard let shapes = try outputShapes(of: step, knowingElements: true) else {
        throw RuntimeError(.operatorFailed, "\(step.label): its result's shape cannot be known")
      }
      try makeRoom(for: shapes, of: step)
      try reporting(step) {
        try executor.run(
          step.operation, inputs: try step.inputs.map { try $0.map(view) },
          outputs: try step.outputs.map(mutableView))
      }
    case .custom(let custom):
      try run(custom, step)
    }
  }

  private func run(_ custom: any CustomOperator, _ step: Step) throws {
    let inputs = try step.inputs.map { try $0.map(copy) }
    let results = try reporting(step) {
      try custom.run(inputs: inputs, outputs: step.outputs.map(details))
    }
    guard results.count == step.outputs.count else {
      throw RuntimeError(
        .operatorFailed, "\(step.label): gave \(results.count) results of \(step.outputs.count)")
    }
    try makeRoom(for: results.map(\.shape), of: step)
    for (id, result) in zip(step.outputs, results) {
      guard result.elementType == graph[id].elementType else {
        throw RuntimeError(
          .operatorFailed,
          "\(step.label): gave \(result.elementType.rawValue) for \"\(graph[id].name)\", "
            + "which is \(graph[id].elementType.rawValue)")
      }
      memory[id.index].copy(from: result.bytes)
    }
  }

  /// - Parameter knowingElements: whether every operand has been computed in this run.
  private func outputShapes(of step: Step, knowingElements: Bool) throws -> [Shape]? {
    var operands: [OperandDescription?] = []
    for id in step.inputs {
      guard let id else {
        operands.append(nil)
        continue
      }
      guard let shape = memory[id.index].shape else { return nil }
      operands.append(
        OperandDescription(elementType: graph[id].elementType, shape: shape) { [self] in
          guard knowingElements || memory[id.index].isStatic else { return nil }
          return (try? view(id))?.integers()
        })
    }
    let shapes = try reporting(step) {
      try ShapeInference.outputShapes(
        of: step.operation, operands: operands, outputCount: step.outputs.count)
    }
    if let shapes, shapes.count != step.outputs.count {
      throw RuntimeError(
        .unsupportedModel,
        "\(step.label): has \(step.outputs.count) results where it gives \(shapes.count)")
    }
    return shapes
  }

  private func makeRoom(for shapes: [Shape], of step: Step) throws {
    for (id, shape) in zip(step.outputs, shapes) {
      guard shape.elementCount <= memoryLimit / max(memory[id.index].elementByteCount, 1) else {
        throw RuntimeError(
          .tooLarge,
          "\(step.label): a result of shape \(shape) is over the limit of \(memoryLimit) bytes")
      }
      memory[id.index].setShape(shape)
      try memory[id.index].makeRoom()
    }
  }

  func checkMemoryLimit() throws {
    var total = 0
    for value in memory {
      total += value.byteCount
      guard total <= memoryLimit else {
        throw RuntimeError(
          .tooLarge, "the model's values need more than the limit of \(memoryLimit) bytes")
      }
    }
  }

  private func view(_ id: ValueID) throws -> TensorView {
    let (shape, bytes) = try contents(id)
    let value = graph[id]
    return TensorView(
      shape: shape, elementType: value.elementType, quantization: value.quantization,
      sparsity: value.sparsity, bytes: bytes)
  }

  private func mutableView(_ id: ValueID) throws -> MutableTensorView {
    guard let shape = memory[id.index].shape, let bytes = memory[id.index].mutableContents else {
      throw RuntimeError(.operatorFailed, "\"\(graph[id].name)\" has no memory")
    }
    return MutableTensorView(
      shape: shape, elementType: graph[id].elementType, quantization: graph[id].quantization,
      bytes: bytes)
  }

  private func copy(_ id: ValueID) throws -> Tensor {
    let (shape, bytes) = try contents(id)
    return try Tensor(
      shape: shape, elementType: graph[id].elementType, quantization: graph[id].quantization,
      bytes: Bytes(copying: bytes))
  }

  private func contents(_ id: ValueID) throws -> (Shape, UnsafeRawBufferPointer) {
    guard let shape = memory[id.index].shape, let bytes = memory[id.index].contents else {
      throw RuntimeError(.operatorFailed, "\"\(graph[id].name)\" has no elements yet")
    }
    return (shape, bytes)
  }

  private func reporting<Result>(_ step: Step, _ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch let error as RuntimeError {
      throw error
    } catch {
      throw RuntimeError(.operatorFailed, "\(step.label): \(error)")
    }
  }
}
