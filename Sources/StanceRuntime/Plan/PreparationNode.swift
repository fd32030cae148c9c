import StanceGraph
import StanceKernels
import StanceTensors

/// What is known of a node when a kernel is made ready for it.
struct PreparationNode {
  let operation: Operation
  /// Of a node of floats.
  let precision: StanceKernels.FloatPrecision
  let instructionSets: [InstructionSet]
  /// Without elements where they are not constant.
  let operands: [TensorView?]
  let isConstant: [Bool]
  /// Without elements.
  let results: [MutableTensorView]

  /// Nil where the node is empty or so large that kernels' offsets could overflow.
  init?(_ step: Step, in planner: Planner, instructionSets: [InstructionSet]) {
    operation = step.operation
    precision = planner.compiled.precision
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

  /// A kernel, and the positions of the operands that it takes.
  typealias Selection = (kernel: any PreparedKernel, operands: [Int])

  /// Nil where there is no fast kernel. One that cannot be made is the plain one's to explain.
  func selection() -> Selection? {
    (try? select()) ?? nil
  }

  private func select() throws -> Selection? {
    switch operation {
    case .convolution, .depthwiseConvolution, .transposeConvolution, .fullyConnected:
      try selectLayer()
    case .pooling(let pooling): try select(pooling)
    case .reduction(let reduction): select(reduction)
    case .resize(let resize): select(resize)
    case .binary(let binary): select(binary)
    case .unary(let unary): select(unary)
    case .extremum(let extremum): select(extremum)
    case .parametricReLU: selectParametricReLU()
    case .quantize: selectQuantize()
    case .dequantize: selectDequantize()
    case .concatenation(let concatenation): select(concatenation)
    case .pad: try selectPad()
    case .depthToSpace(let block): select(depthToSpace: block)
    case .cast: selectCast()
    case .pack: try selectMoves(of: Array(operands.indices))
    case .split: try selectMoves(of: [1])
    case .splitSizes, .slice, .stridedSlice, .unpack, .transpose, .spaceToDepth,
      .mirrorPad, .batchToSpace, .gather, .gatherND:
      try selectMoves(of: [0])
    default: nil
    }
  }

  var output: MutableTensorView { results[0] }

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
