import StanceGraph
import StanceKernels
import StanceTensors

extension KernelPlanner {
  /// Takes pointwise convolutions whose weights the file stores sparse, with the depthwise ones
  /// between and before them. The last ones first, as each takes what leads to it.
  mutating func fuseSparse(in result: inout [PlannedStep?]) {
    let sparse = SparseValues(graph)
    guard !sparse.isEmpty else { return }
    let layers = layersByResult()
    for position in steps.indices.reversed() where !taken.contains(position) {
      let step = steps[position].step
      guard case .plain = steps[position].action, let output = step.outputs.first,
        graph[output].elementType == .float32
      else { continue }
      switch step.operation {
      case .convolution: fuseProjection(at: position, sparse, layers, in: &result)
      case .depthwiseConvolution: fuseExpansion(at: position, sparse, layers, in: &result)
      default: break
      }
    }
  }

  /// A sparse convolution, the depthwise one before it, and the sparse one before that.
  private mutating func fuseProjection(
    at position: Int, _ sparse: SparseValues, _ layers: [ValueID: LayerChain],
    in result: inout [PlannedStep?]
  ) {
    let step = steps[position].step
    guard case .convolution(let convolution) = step.operation else { return }
    var chain = LayerChain(at: position, of: step, activation: convolution.activation)
    extend(&chain, takesSums: true)
    guard let projection = node(position)?.sparsePointwise(chain.epilogue, sparse, step) else {
      return
    }
    var taken = SparseLayers(projection: projection)
    var positions = chain.positions
    var input = step.inputs[0]
    if let before = layer(giving: input, in: layers),
      let depthwise = node(before.positions[0])?.sparseDepthwise(before.epilogue.before)
    {
      taken.depthwise = depthwise
      positions = before.positions + positions
      input = steps[before.positions[0]].step.inputs[0]
      if let first = layer(giving: input, in: layers),
        let expansion = node(first.positions[0])?.sparsePointwise(
          first.epilogue, sparse, steps[first.positions[0]].step)
      {
        taken.expansion = expansion
        positions = first.positions + positions
        input = steps[first.positions[0]].step.inputs[0]
      } else if !projection.paysAlone, isStem(input, layers) {
        return
      }
    }
    guard taken.depthwise != nil || projection.paysAlone else { return }
    replaceSparse(positions, with: taken, [input, chain.addend], chain.result, in: &result)
  }

  /// A sparse convolution, and a depthwise one that no sparse one follows.
  private mutating func fuseExpansion(
    at position: Int, _ sparse: SparseValues, _ layers: [ValueID: LayerChain],
    in result: inout [PlannedStep?]
  ) {
    let step = steps[position].step
    guard case .depthwiseConvolution(let convolution) = step.operation else { return }
    var chain = LayerChain(at: position, of: step, activation: convolution.window.activation)
    extend(&chain, takesSums: false)
    guard let first = layer(giving: step.inputs[0], in: layers),
      let depthwise = node(position)?.sparseDepthwise(chain.epilogue.before),
      let expansion = node(first.positions[0])?.sparsePointwise(
        first.epilogue, sparse, steps[first.positions[0]].step)
    else { return }
    replaceSparse(
      first.positions + chain.positions,
      with: SparseLayers(expansion: expansion, depthwise: depthwise),
      [steps[first.positions[0]].step.inputs[0]], chain.result, in: &result)
  }

  /// Whether a value is what a dense convolution can leave in the cache for a depthwise one.
  private func isStem(_ value: ValueID?, _ layers: [ValueID: LayerChain]) -> Bool {
    guard let first = layer(giving: value, in: layers),
      let kernel = try? node(first.positions[0])?.floatConvolution(epilogue: first.epilogue)
    else { return false }
    return FloatStemConvolution.pays(kernel)
  }

  private mutating func replaceSparse(
    _ positions: [Int], with layers: SparseLayers, _ inputs: [ValueID?], _ output: ValueID,
    in result: inout [PlannedStep?]
  ) {
    guard let input = inputs[0].flatMap({ planner.shapes[$0.index] }),
      let shape = planner.shapes[output.index],
      let kernel = FloatSparseConvolution(
        layers, input: input, output: shape, instructionSets: instructionSets)
    else { return }
    replace(positions, with: kernel, inputs, output, in: &result)
  }

  /// The convolutions of floats, with the activations behind them, by their results.
  private func layersByResult() -> [ValueID: LayerChain] {
    var layers: [ValueID: LayerChain] = [:]
    for position in steps.indices {
      let step = steps[position].step
      let activation: Activation
      switch step.operation {
      case .convolution(let convolution): activation = convolution.activation
      case .depthwiseConvolution(let convolution): activation = convolution.window.activation
      default: continue
      }
      guard case .plain = steps[position].action,
        graph[step.outputs[0]].elementType == .float32
      else { continue }
      var chain = LayerChain(at: position, of: step, activation: activation)
      extend(&chain, takesSums: false)
      layers[chain.result] = chain
    }
    return layers
  }

  /// The layer that gives a value which one step alone reads.
  private func layer(giving value: ValueID?, in layers: [ValueID: LayerChain]) -> LayerChain? {
    guard let value, onlyReader(of: value) != nil, let chain = layers[value],
      canRunLater(chain.last),
      taken.isDisjoint(with: chain.positions)
    else { return nil }
    return chain
  }
}

/// The constants that the file stores sparse, and what is only another form of them.
struct SparseValues {
  private var values: Set<ValueID> = []

  init(_ graph: Graph) {
    for index in graph.values.indices where graph.values[index].sparsity != nil {
      values.insert(ValueID(index))
    }
    guard !values.isEmpty else { return }
    for node in graph.nodes {
      switch node.operation {
      case .densify, .dequantize:
        guard let input = node.inputs.first ?? nil, values.contains(input) else { continue }
        values.formUnion(node.outputs)
      default: continue
      }
    }
  }

  var isEmpty: Bool { values.isEmpty }

  func contains(_ value: ValueID?) -> Bool { value.map(values.contains) ?? false }
}
