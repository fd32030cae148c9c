import StanceGraph
import StanceKernels
import StanceTensors

extension Planner {
  /// The fast kernel for a node whose shapes are known; nil where there is none.
  func preparedStep(for step: Step) -> PreparedStep? {
    guard let instructionSets = compiled.engine.instructionSets,
      let node = PreparationNode(step, in: self, instructionSets: instructionSets)
    else { return nil }
    return node.preparedStep()
  }
}

/// What is known of a node when a kernel is made ready for it.
struct PreparationNode {
  let operation: Operation
  let instructionSets: [InstructionSet]
  /// Without elements where they are not constant.
  let operands: [TensorView?]
  let isConstant: [Bool]
  /// Without elements.
  let results: [MutableTensorView]

  /// Nil where the node is empty or so large that kernels' offsets could overflow.
  init?(_ step: Step, in planner: Planner, instructionSets: [InstructionSet]) {
    operation = step.operation
    self.instructionSets = instructionSets
    operands = step.inputs.map { id in
      id.flatMap { planner.staticView($0) ?? planner.shapeView($0) }
    }
    isConstant = step.inputs.map { id in id.map { planner.staticView($0) != nil } ?? false }
    results = step.outputs.compactMap { id in
      planner.shapes[id.index].map { shape in
        MutableTensorView(
          shape: shape, elementType: planner.graph[id].elementType,
          quantization: planner.graph[id].quantization,
          bytes: UnsafeMutableRawBufferPointer(start: nil, count: 0))
      }
    }
    let shapes = operands.compactMap { $0?.shape } + results.map(\.shape)
    guard results.count == step.outputs.count, !results.isEmpty,
      shapes.allSatisfy({ (1..<1 << 30).contains($0.elementCount) }),
      !operands.contains(where: { $0?.sparsity != nil })
    else { return nil }
  }

  func preparedStep() -> PreparedStep? {
    // A kernel that cannot be made is the plain one's to explain.
    (try? kernel()) ?? nil
  }

  private func kernel() throws -> PreparedStep? {
    switch operation {
    case .convolution(let convolution): try kernel(convolution)
    case .depthwiseConvolution(let convolution): try kernel(convolution)
    default: nil
    }
  }

  func operand(_ index: Int) -> TensorView? {
    operands.indices.contains(index) ? operands[index] : nil
  }

  /// The elements of an operand that is there and constant.
  func constant(_ index: Int) -> TensorView? {
    isConstant.indices.contains(index) && isConstant[index] ? operands[index] : nil
  }

  /// Whether an optional operand is either constant or left out.
  func isConstantOrAbsent(_ index: Int) -> Bool {
    operand(index) == nil || constant(index) != nil
  }
}
