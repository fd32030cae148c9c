import StanceGraph
import StanceKernels
import StanceTensors

extension Interpreter {
  /// Runs a step whose shapes may differ from run to run.
  func run(_ step: Step) throws {
    switch step.action {
    case .builtin(let executor):
      guard let shapes = try outputShapes(of: step) else {
        throw RuntimeError(.operatorFailed, "\(step.label): its result's shape cannot be known")
      }
      try makeRoom(for: shapes, of: step)
      let (operands, copies) = try operandViews(of: step)
      try withExtendedLifetime(copies) {
        try step.reporting {
          try executor.run(
            step.operation, inputs: operands, outputs: try step.outputs.map(mutableView))
        }
      }
    case .custom(let custom):
      try run(custom, step)
    }
  }

  /// What `step` reads, with the copies that some of the views are of.
  private func operandViews(of step: Step) throws -> ([TensorView?], copies: [Bytes]) {
    var copies: [Bytes] = []
    let views = try step.inputs.map { id -> TensorView? in
      guard let id else { return nil }
      let view = try view(id)
      // A node that writes a variable it also reads must not see its own results.
      guard step.writesVariable, step.outputs.contains(id) else { return view }
      let copy = Bytes(copying: view.bytes)
      copies.append(copy)
      return TensorView(
        shape: view.shape, elementType: view.elementType, quantization: view.quantization,
        bytes: copy.withUnsafeBytes { $0 })
    }
    return (views, copies)
  }

  private func run(_ custom: any CustomOperator, _ step: Step) throws {
    let inputs = try step.inputs.map { try $0.map(copy) }
    let results = try step.reporting {
      try custom.run(inputs: inputs, outputs: step.outputs.map(details))
    }
    guard results.count == step.outputs.count else {
      throw RuntimeError(
        .operatorFailed, "\(step.label): gave \(results.count) results of \(step.outputs.count)")
    }
    for (id, result) in zip(step.outputs, results)
    where result.elementType != compiled.prepared[id].elementType {
      throw RuntimeError(
        .operatorFailed,
        "\(step.label): gave \(result.elementType.rawValue) for \"\(compiled.prepared[id].name)\", "
          + "which is \(compiled.prepared[id].elementType.rawValue)")
    }
    try makeRoom(for: results.map(\.shape), of: step)
    for (id, result) in zip(step.outputs, results) { memory[id.index].copy(from: result.bytes) }
  }

  private func outputShapes(of step: Step) throws -> [Shape]? {
    var operands: [OperandDescription?] = []
    for id in step.inputs {
      guard let id else {
        operands.append(nil)
        continue
      }
      guard let shape = memory[id.index].shape else { return nil }
      operands.append(
        OperandDescription(
          elementType: compiled.prepared[id].elementType, shape: shape,
          integers: { [self] in (try? view(id))?.integers() },
          floats: { [self] in (try? view(id))?.floats() }))
    }
    let shapes = try step.reporting {
      try ShapeInference.outputShapes(
        of: step.operation, operands: operands, outputCount: step.outputs.count)
    }
    if let shapes { try step.requireCount(of: shapes) }
    return shapes
  }

  private func makeRoom(for shapes: [Shape], of step: Step) throws {
    for (id, shape) in zip(step.outputs, shapes) {
      guard !memory[id.index].hasFixedShape || shape == memory[id.index].shape else {
        throw step.misfit(shape, of: compiled.prepared[id])
      }
      try makeRoom(for: shape, of: id, step)
    }
  }

  private func makeRoom(for shape: Shape, of id: ValueID, _ step: Step) throws {
    let growth = memory[id.index].growth(to: shape)
    let limit = compiled.options.memoryLimit
    let used = plannedByteCount + ownByteCount
    guard growth <= limit - used else {
      throw RuntimeError(
        .tooLarge,
        "\(step.label): a result of shape \(shape) is over the limit of \(limit) bytes "
          + "for all values together, of which \(used) are used")
    }
    memory[id.index].makeRoom(for: shape)
    ownByteCount += max(growth, 0)
  }

  func view(_ id: ValueID) throws -> TensorView {
    let (shape, bytes) = try contents(id)
    let value = compiled.prepared[id]
    return TensorView(
      shape: shape, elementType: value.elementType, quantization: value.quantization,
      sparsity: value.sparsity, bytes: bytes)
  }

  func mutableView(_ id: ValueID) throws -> MutableTensorView {
    guard let shape = memory[id.index].shape, let bytes = memory[id.index].mutableContents else {
      throw RuntimeError(.operatorFailed, "\"\(compiled.prepared[id].name)\" has no memory")
    }
    return MutableTensorView(
      shape: shape, elementType: compiled.prepared[id].elementType,
      quantization: compiled.prepared[id].quantization,
      bytes: bytes)
  }

  private func copy(_ id: ValueID) throws -> Tensor {
    let (shape, bytes) = try contents(id)
    return try Tensor(
      shape: shape, elementType: compiled.prepared[id].elementType,
      quantization: compiled.prepared[id].quantization,
      bytes: Bytes(copying: bytes))
  }

  private func contents(_ id: ValueID) throws -> (Shape, UnsafeRawBufferPointer) {
    guard let shape = memory[id.index].shape, let bytes = memory[id.index].contents else {
      throw RuntimeError(.operatorFailed, "\"\(compiled.prepared[id].name)\" has no elements yet")
    }
    return (shape, bytes)
  }
}
