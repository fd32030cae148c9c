import StanceGraph
import StanceKernels
import StanceTensors

/// Takes the fast kernels for steps whose shapes are known, one for several steps where it can.
struct KernelPlanner {
  /// Working memory of one thread, in bytes: a kernel that takes more is left to the plain one.
  static let mostScratch = 64 << 20

  let planner: Planner
  let graph: Graph
  let steps: [PlannedStep]
  let instructionSets: [InstructionSet]
  /// The positions of the steps that read each value.
  var readers: [[Int]]
  /// The steps that a kernel does already beside its own: a sum of two layers is one layer's alone.
  private(set) var taken: Set<Int> = []
  /// The depthwise chains by their results.
  private var depthwise: [ValueID: LayerChain] = [:]
  /// The large convolutions that a depthwise one may take in, by their results.
  private var stems: [ValueID: (chain: LayerChain, kernel: FloatConvolution)] = [:]

  init(_ planner: Planner, steps: [PlannedStep], instructionSets: [InstructionSet]) {
    self.planner = planner
    self.steps = steps
    self.instructionSets = instructionSets
    graph = planner.graph
    readers = Array(repeating: [], count: planner.graph.values.count)
    for (position, step) in steps.enumerated() {
      for case let id? in step.step.inputs { readers[id.index].append(position) }
    }
  }

  /// The steps in order, with kernels where there are some.
  mutating func prepared() -> [PlannedStep] {
    var result: [PlannedStep?] = steps
    if planner.compiled.options.fusesOperators {
      fuseSparse(in: &result)
      for position in steps.indices where !taken.contains(position) {
        fuseBytes(at: position, in: &result)
      }
      fuseQuantized(in: &result)
      for position in steps.indices where !taken.contains(position) {
        fuse(at: position, in: &result)
      }
    }
    for position in steps.indices {
      guard let planned = result[position], case .plain = planned.action,
        let node = node(position), let (kernel, operands) = node.selection(),
        kernel.scratchByteCount <= Self.mostScratch
      else { continue }
      let step = planned.step
      result[position] = PlannedStep(
        step: step,
        action: .prepared(
          PreparedStep(
            kernel: kernel, inputs: operands.compactMap { step.inputs[$0] },
            outputs: step.outputs)))
    }
    return result.compactMap { $0 }
  }

  func node(_ position: Int) -> PreparationNode? {
    guard case .plain = steps[position].action else { return nil }
    return PreparationNode(steps[position].step, in: planner, instructionSets: instructionSets)
  }

  /// Replaces a layer, what its kernel can do besides, and the depthwise convolution before it.
  private mutating func fuse(at position: Int, in result: inout [PlannedStep?]) {
    let step = steps[position].step
    guard case .plain = steps[position].action, let output = step.outputs.first,
      graph[output].elementType == .float32
    else { return }
    switch step.operation {
    case .depthwiseConvolution(let convolution):
      var chain = LayerChain(at: position, of: step, activation: convolution.window.activation)
      extend(&chain, takesSums: false)
      depthwise[chain.result] = chain
      guard chain.positions.count > 1,
        let kernel = try? node(position)?.depthwiseKernel(activation: chain.epilogue.before)
      else { return }
      replace(chain.positions, with: kernel, [step.inputs[0]], chain.result, in: &result)
    case .convolution(let convolution):
      var chain = LayerChain(at: position, of: step, activation: convolution.activation)
      extend(&chain, takesSums: true)
      guard let pointwise = try? node(position)?.floatConvolution(epilogue: chain.epilogue)
      else { return }
      if let (before, kernel) = separable(step, pointwise) {
        let x = steps[before.positions[0]].step.inputs[0]
        let positions = before.positions + chain.positions
        if let (first, kernel) = stem(x, kernel) {
          replace(
            first.positions + positions, with: kernel,
            [steps[first.positions[0]].step.inputs[0], chain.addend], chain.result, in: &result)
        } else {
          replace(positions, with: kernel, [x, chain.addend], chain.result, in: &result)
        }
      } else {
        if chain.addend == nil, FloatStemConvolution.pays(pointwise) {
          stems[chain.result] = (chain, pointwise)
        }
        replace(
          chain.positions, with: pointwise, [step.inputs[0], chain.addend], chain.result,
          in: &result)
      }
    default: break
    }
  }

  private func separable(
    _ step: Step, _ pointwise: FloatConvolution
  ) -> (LayerChain, FloatSeparableConvolution)? {
    guard let x = step.inputs[0], let before = depthwise[x], onlyReader(of: x) != nil,
      canRunLater(before.last),
      let kernel = try? node(before.positions[0])?.separable(
        activation: before.epilogue.before, pointwise)
    else { return nil }
    return (before, kernel)
  }

  /// The convolution before a separable one, and the kernel of all three.
  private func stem(
    _ x: ValueID?, _ separable: FloatSeparableConvolution
  ) -> (LayerChain, FloatStemConvolution)? {
    guard let x, let (chain, first) = stems[x], onlyReader(of: x) != nil, canRunLater(chain.last),
      let kernel = FloatStemConvolution(first, separable)
    else { return nil }
    return (chain, kernel)
  }

  /// One step where the last of `positions` stands, when all that any of them reads is there.
  mutating func replace(
    _ positions: [Int], with kernel: any PreparedKernel, _ inputs: [ValueID?],
    _ output: ValueID, in result: inout [PlannedStep?]
  ) {
    guard kernel.scratchByteCount <= Self.mostScratch else { return }
    for position in positions.dropLast() { result[position] = nil }
    taken.formUnion(positions)
    let last = positions[positions.count - 1]
    result[last] = PlannedStep(
      step: steps[last].step, fused: positions.dropLast().map { steps[$0].step },
      action: .prepared(
        PreparedStep(kernel: kernel, inputs: inputs.compactMap { $0 }, outputs: [output])))
  }

  /// The position of the one step that reads a value which nobody else can see.
  func onlyReader(of id: ValueID) -> Int? {
    guard readers[id.index].count == 1, graph.isPrivate(id) else { return nil }
    return readers[id.index][0]
  }

  /// Whether what the step reads is still the same further on: a variable may be written there.
  func canRunLater(_ position: Int) -> Bool {
    steps[position].step.inputs.allSatisfy { id in id.map { !graph[$0].isVariable } ?? true }
  }

  func extend(_ chain: inout LayerChain, takesSums: Bool) {
    while canRunLater(chain.last), let position = onlyReader(of: chain.result),
      !taken.contains(position), case .plain = steps[position].action
    {
      let step = steps[position].step
      guard graph[step.outputs[0]].elementType == .float32 else { return }
      switch step.operation {
      case .unary(let unary):
        guard let activation = FloatActivation(unary.kind),
          chain.append(activation, at: position, step)
        else { return }
      case .parametricReLU:
        guard step.inputs[0] == chain.result, let slopes = node(position)?.channelSlopes(),
          chain.append(.parametricReLU(slopes), at: position, step)
        else { return }
      case .binary(let binary) where binary.kind == .add && takesSums && chain.addend == nil:
        let others = step.inputs.compactMap { $0 }.filter { $0 != chain.result }
        guard others.count == 1, planner.statics[others[0].index] == nil,
          let shape = planner.shapes[chain.result.index],
          planner.shapes[others[0].index] == shape,
          planner.shapes[step.outputs[0].index] == shape
        else { return }
        chain.append(addend: others[0], activation: binary.activation, at: position, step)
      default: return
      }
    }
  }
}

extension Graph {
  /// Whether a value is neither kept nor seen outside.
  func isPrivate(_ id: ValueID) -> Bool {
    !self[id].isVariable && !inputs.contains(id) && !outputs.contains(id)
  }
}
