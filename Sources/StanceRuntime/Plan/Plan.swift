import StanceGraph
import StanceKernels
import StanceTensors

/// All that follows from a graph and the shapes of its inputs: shapes, elements that are the same in
/// every run, packed weights, and where each value lies in memory.
final class Plan: Sendable {
  /// Of each value; nil where it follows from elements that are known only while the graph runs.
  let shapes: [Shape?]
  /// The elements of constants and of what follows from them alone.
  let statics: [Bytes?]
  /// What each value's elements are in memory: as the graph says, or bfloat16 for float32.
  let storage: [ElementType]
  /// The first byte of each value in the arena; nil for constants and where no shape is known.
  let offsets: [Int?]
  let arenaByteCount: Int
  /// Bytes of computed constants that are read while the graph runs; others were packed.
  let staticByteCount: Int
  /// What is left to do in each run, in order.
  let steps: [PlannedStep]
  /// The working memory that one thread needs.
  let scratchByteCount: Int

  init(
    shapes: [Shape?], statics: [Bytes?], storage: [ElementType], layout: MemoryLayoutPlan,
    staticByteCount: Int, steps: [PlannedStep]
  ) {
    self.shapes = shapes
    self.statics = statics
    self.storage = storage
    offsets = layout.offsets
    arenaByteCount = layout.byteCount
    self.staticByteCount = staticByteCount
    self.steps = steps
    scratchByteCount =
      steps.map { step in
        guard case .prepared(let kernel) = step.action else { return 0 }
        return kernel.kernel.scratchByteCount
      }.max() ?? 0
  }
}

/// One step of each run.
struct PlannedStep: Sendable {
  enum Action: Sendable {
    /// A kernel made ready, whose units threads share.
    case prepared(PreparedStep)
    /// A plain kernel whose operands and results have known shapes.
    case plain(any Executor.Type)
    /// Shapes are worked out again in each run.
    case general
  }

  /// The last one of those that a fused kernel does.
  let step: Step
  /// Those before it that the kernel does too.
  var fused: [Step] = []
  let action: Action

  /// What is read while the graph runs.
  var inputs: [ValueID] {
    if case .prepared(let prepared) = action { return prepared.inputs }
    return step.inputs.compactMap { $0 }
  }

  var outputs: [ValueID] {
    if case .prepared(let prepared) = action { return prepared.outputs }
    return step.outputs
  }
}

/// A kernel, and the values that it reads and writes.
struct PreparedStep: Sendable {
  let kernel: any PreparedKernel
  let inputs: [ValueID]
  let outputs: [ValueID]
}
