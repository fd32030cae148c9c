import StanceGraph
import StanceKernels
import StanceTensors

extension Interpreter {
  /// Gives the results of `step` their shapes as far as they are known, and their elements where
  /// they are the same in every run.
  func allocate(_ step: Step) throws {
    if hasStaticResults(step) {
      try run(step)
      for id in step.outputs { memory[id.index].isStatic = true }
    } else if let shapes = try outputShapes(of: step, knowingElements: false) {
      try makeRoom(for: shapes, of: step)
    }
  }

  /// Whether the results follow from constants alone, or from a shape that is known.
  private func hasStaticResults(_ step: Step) -> Bool {
    // A custom operator may give something else each time.
    guard case .builtin = step.action, !step.writesVariable else { return false }
    let operands = step.inputs.compactMap { $0.map { memory[$0.index] } }
    if case .shape = step.operation { return operands.allSatisfy { $0.shape != nil } }
    return !operands.isEmpty && operands.allSatisfy(\.isStatic)
  }

  func run(_ step: Step) throws {
    switch step.action {
    case .builtin(let executor):
      guard let shapes = try outputShapes(of: step, knowingElements: true) else {
        throw RuntimeError(.operatorFailed, "\(step.label): its result's shape cannot be known")
      }
      try makeRoom(for: shapes, of: step)
      let (operands, copies) = try operandViews(of: step)
      try withExtendedLifetime(copies) {
        try reporting(step) {
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
    let results = try reporting(step) {
      try custom.run(inputs: inputs, outputs: step.outputs.map(details))
    }
    guard results.count == step.outputs.count else {
      throw RuntimeError(
        .operatorFailed, "\(step.label): gave \(results.count) results of \(step.outputs.count)")
    }
    for (id, result) in zip(step.outputs, results)
    where result.elementType != graph[id].elementType {
      throw RuntimeError(
        .operatorFailed,
        "\(step.label): gave \(result.elementType.rawValue) for \"\(graph[id].name)\", "
          + "which is \(graph[id].elementType.rawValue)")
    }
    try makeRoom(for: results.map(\.shape), of: step)
    for (id, result) in zip(step.outputs, results) { memory[id.index].copy(from: result.bytes) }
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
      let known = { [self] in
        knowingElements || memory[id.index].isStatic ? try? view(id) : nil
      }
      operands.append(
        OperandDescription(
          elementType: graph[id].elementType, shape: shape, integers: { known()?.integers() },
          floats: { known()?.floats() }))
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
      guard !graph[id].isVariable || shape == memory[id.index].shape else {
        throw RuntimeError(
          .operatorFailed,
          "\(step.label): a result of shape \(shape) does not fit the variable "
            + "\"\(graph[id].name)\" of shape \(details(of: id).shape)")
      }
      try makeRoom(for: shape, of: id, "\(step.label): a result")
    }
  }

  /// Gives the value `id` its shape, and memory for it.
  /// - Parameter subject: what the value is, for messages.
  func makeRoom(for shape: Shape, of id: ValueID, _ subject: @autoclosure () -> String) throws {
    let value = memory[id.index]
    let growth = shape.elementCount * value.elementByteCount - value.ownedByteCount
    guard growth <= memoryLimit - usedByteCount else {
      throw RuntimeError(
        .tooLarge,
        "\(subject()) of shape \(shape) is over the limit of \(memoryLimit) bytes "
          + "for all values together, of which \(usedByteCount) are used")
    }
    memory[id.index].makeRoom(for: shape)
    usedByteCount += max(growth, 0)
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
      let text = "\(error)"
      // Errors of shapes begin with the operator's name, which the label holds.
      let name = step.operation.name + ": "
      throw RuntimeError(
        .operatorFailed,
        "\(step.label): \(text.hasPrefix(name) ? text.dropFirst(name.count) : text[...])")
    }
  }
}
