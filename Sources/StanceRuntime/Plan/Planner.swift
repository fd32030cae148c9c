import StanceGraph
import StanceKernels
import StanceTensors

/// Makes a ``Plan``: follows shapes through the graph, computes what is the same in every run, takes
/// kernels, and gives values their places.
struct Planner {
  let compiled: CompiledGraph
  var graph: Graph { compiled.prepared }
  private(set) var shapes: [Shape?]
  private(set) var statics: [Bytes?]
  private var staticByteCount = 0
  private var planned: [PlannedStep] = []
  /// For messages: what gave each value its shape.
  private var subjects: [String]

  init(_ compiled: CompiledGraph) {
    self.compiled = compiled
    shapes = compiled.prepared.values.map { $0.constant == nil ? nil : $0.shape }
    statics = compiled.constants
    subjects = compiled.prepared.values.map { "\"\($0.name)\"" }
  }

  /// - Parameter inputs: the shapes of the graph's inputs.
  mutating func plan(inputs: [Shape]) throws -> Plan {
    for (index, value) in graph.values.enumerated() where value.isVariable {
      try setShape(value.shape, of: ValueID(index), "variable \"\(value.name)\"")
    }
    for (id, shape) in zip(graph.inputs, inputs) {
      try setShape(shape, of: id, "input \"\(graph[id].name)\"")
    }
    for step in compiled.steps { try add(step) }
    if let instructionSets = compiled.engine.instructionSets {
      var kernels = KernelPlanner(self, steps: planned, instructionSets: instructionSets)
      planned = kernels.prepared()
    }
    let storage = graph.storage(steps: planned)
    var memory = MemoryLayoutPlanner(
      graph: graph, shapes: shapes, storage: storage, isStatic: statics.map { $0 != nil },
      steps: planned,
      sharesMemory: compiled.options.plansMemory
    )
    let layout = memory.layout()
    try requireRoom(layout)
    let left = planned.filter { !layout.needsNoWork($0) }
    let statics = staticsInUse(by: left)
    let computed = zip(statics, compiled.constants).map { $1 == nil ? $0?.count ?? 0 : 0 }
    return Plan(
      shapes: shapes, statics: statics, storage: storage, layout: layout,
      staticByteCount: computed.reduce(0, +), steps: left)
  }

  private mutating func setShape(_ shape: Shape, of id: ValueID, _ subject: String) throws {
    shapes[id.index] = shape
    subjects[id.index] = "\(subject) of shape \(shape)"
    try requireRoom(shape.elementCount * graph[id].elementByteCount, for: id)
  }

  private func requireRoom(_ byteCount: Int, for id: ValueID) throws {
    let limit = compiled.options.memoryLimit
    guard byteCount > limit - staticByteCount else { return }
    throw RuntimeError(
      .tooLarge,
      "\(subjects[id.index]) is over the limit of \(limit) bytes for all values together, "
        + "of which \(staticByteCount) are used")
  }

  private func requireRoom(_ layout: MemoryLayoutPlan) throws {
    let limit = compiled.options.memoryLimit
    guard layout.byteCount > limit - staticByteCount else { return }
    // The value that begins the last piece of memory is the one to name.
    let last = layout.offsets.indices.max { layout.offsets[$0] ?? -1 < layout.offsets[$1] ?? -1 }
    throw RuntimeError(
      .tooLarge,
      "\(last.map { subjects[$0] } ?? "the graph") takes the values together to "
        + "\(layout.byteCount + staticByteCount) bytes, over the limit of \(limit)")
  }

  /// Elements that are read while the graph runs; the others were packed.
  private func staticsInUse(by steps: [PlannedStep]) -> [Bytes?] {
    var isUsed = [Bool](repeating: false, count: statics.count)
    var needsSlack = isUsed
    for id in graph.outputs { isUsed[id.index] = true }
    for step in steps {
      for id in step.inputs {
        isUsed[id.index] = true
        if case .prepared = step.action { needsSlack[id.index] = true }
      }
    }
    return statics.indices.map { index in
      guard isUsed[index], let bytes = statics[index] else { return nil }
      return needsSlack[index] ? bytes.withSlack : bytes
    }
  }
}

extension Bytes {
  /// A copy with bytes behind it that kernels may read.
  fileprivate var withSlack: Bytes {
    let slack = UnsafeMutableRawBufferPointer.slack
    let copy = Bytes(byteCount: count + slack) { memory in
      memory.initializeMemory(as: UInt8.self, repeating: 0)
      withUnsafeBytes { memory.copyMemory(from: $0) }
    }
    return copy[0..<count]
  }
}

extension Planner {
  private mutating func add(_ step: Step) throws {
    guard case .builtin(let executor) = step.action else {
      planned.append(PlannedStep(step: step, action: .general))
      return
    }
    if hasStaticResults(step) { return try compute(step, executor) }
    let (inferred, followsFromShapes) = try inferredShapes(of: step)
    guard let inferred, followsFromShapes else {
      planned.append(PlannedStep(step: step, action: .general))
      return
    }
    for (id, shape) in zip(step.outputs, inferred) {
      guard !graph[id].isVariable || shape == shapes[id.index] else {
        throw step.misfit(shape, of: graph[id])
      }
      try setShape(shape, of: id, "\(step.label): a result")
    }
    // A node that writes a variable it also reads must not see its own results.
    guard !step.writesVariable else {
      planned.append(PlannedStep(step: step, action: .general))
      return
    }
    planned.append(PlannedStep(step: step, action: .plain(executor)))
  }

  /// Whether the results follow from constants alone, or from a shape that is known.
  private func hasStaticResults(_ step: Step) -> Bool {
    guard !step.writesVariable else { return false }
    let operands = step.inputs.compactMap { $0?.index }
    if case .shape = step.operation { return operands.allSatisfy { shapes[$0] != nil } }
    return !operands.isEmpty && operands.allSatisfy { statics[$0] != nil }
  }

  private mutating func compute(_ step: Step, _ executor: any Executor.Type) throws {
    guard let inferred = try inferredShapes(of: step).shapes else {
      throw RuntimeError(.operatorFailed, "\(step.label): its result's shape cannot be known")
    }
    for (id, shape) in zip(step.outputs, inferred) {
      try setShape(shape, of: id, "\(step.label): a result")
      staticByteCount += shape.elementCount * graph[id].elementByteCount
    }
    let results = zip(step.outputs, inferred).map { id, shape in
      UnsafeMutableRawBufferPointer.allocateZeroed(
        byteCount: shape.elementCount * graph[id].elementByteCount)
    }
    for (id, result) in zip(step.outputs, results) {
      statics[id.index] = Bytes(unsafeBuffer: UnsafeRawBufferPointer(result)) { $0.deallocate() }
    }
    let views = step.inputs.map { id in id.flatMap { staticView($0) ?? shapeView($0) } }
    try withExtendedLifetime(statics) {
      try step.reporting {
        try executor.run(
          step.operation, inputs: views,
          outputs: zip(zip(step.outputs, inferred), results).map { target, bytes in
            MutableTensorView(
              shape: target.1, elementType: graph[target.0].elementType,
              quantization: graph[target.0].quantization, bytes: bytes)
          })
      }
    }
  }
}

extension Value {
  /// 0 where elements have no size of their own.
  var elementByteCount: Int { elementType.byteCount ?? 0 }
}

extension UnsafeMutableRawBufferPointer {
  /// Bytes behind each piece of memory that kernels may read, whatever is there.
  static let slack = 64

  /// Zeros, aligned to 64 bytes, with ``slack`` behind them.
  static func allocateZeroed(byteCount: Int) -> UnsafeMutableRawBufferPointer {
    let memory = allocate(byteCount: byteCount + slack, alignment: 64)
    memory.initializeMemory(as: UInt8.self, repeating: 0)
    return UnsafeMutableRawBufferPointer(rebasing: memory[..<byteCount])
  }
}
