import StanceGraph
import StanceKernels
import StanceTensors

/// Operators that move elements, choose some of them, or make tensors from numbers.
enum MovementExecutor: Executor {
  static func run(
    _ operation: Operation, inputs: [TensorView?], outputs: [MutableTensorView]
  ) throws {
    let operands = MovementOperands(inputs: inputs, outputs: outputs)
    switch operation.family {
    case .parts: try runParts(operation, operands)
    case .rearrangement: try runRearrangement(operation, operands)
    case .selection: try runSelection(operation, operands)
    case .generation: try runGeneration(operation, operands)
    case .windows, .elementwise, nil: throw KernelError("moves no elements")
    }
  }

  static func bind(
    _ operation: Operation, inputs: [TensorView?], outputs: [MutableTensorView]
  ) -> BoundOperation {
    if case .gatherND = operation, let x = inputs[0], let indices = inputs[1],
      let y = outputs.first,
      let gathering = Reference.GatherND(x.shape, depth: indices.shape.last ?? 0, x.elementType)
    {
      switch indices.elementType {
      case .int32: return { try gathering.run(x, indices.elements(of: Int32.self), into: y) }
      case .int64: return { try gathering.run(x, indices.elements(of: Int64.self), into: y) }
      default: break
      }
    }
    return { try run(operation, inputs: inputs, outputs: outputs) }
  }
}

/// The views of one node. Shape inference has found that operands are there and fit together.
struct MovementOperands {
  let inputs: [TensorView?]
  let outputs: [MutableTensorView]

  func input(_ index: Int) throws -> TensorView {
    guard inputs.indices.contains(index), let view = inputs[index] else {
      throw KernelError("operand \(index) is missing")
    }
    return view
  }

  func allInputs() throws -> [TensorView] {
    try inputs.indices.map(input)
  }

  func output(_ index: Int = 0) throws -> MutableTensorView {
    guard outputs.indices.contains(index) else { throw KernelError("result \(index) is missing") }
    return outputs[index]
  }

  func integers(_ index: Int) throws -> [Int] {
    guard let integers = try input(index).integers() else {
      throw KernelError("operand \(index) must hold integers")
    }
    return integers
  }

  /// The one axis that operand `index` holds, counted from the first of `rank`.
  func axis(_ index: Int, rank: Int) throws -> Int {
    guard let axis = try integers(index).first else {
      throw KernelError("operand \(index) holds no axis")
    }
    return counted(axis, rank: rank)
  }

  func counted(_ axis: Int, rank: Int) -> Int {
    axis < 0 ? axis + rank : axis
  }

  /// The first of each two numbers of operand `index`: what comes before along each dimension.
  func befores(_ index: Int) throws -> [Int] {
    let pairs = try integers(index)
    return stride(from: 0, to: pairs.count, by: 2).map { pairs[$0] }
  }
}
