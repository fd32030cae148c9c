import StanceKernels
import StanceTensors
import Synchronization

/// The steps of a plan bound to one interpreter's memory. Nothing is allocated while prepared
/// kernels run.
///
/// Threads share the units of prepared kernels; the first one does all else meanwhile.
final class GraphRun: ParallelWork, @unchecked Sendable {
  private enum Call {
    case prepared(PreparedCall)
    case plain(PlainCall)
    case general(Step)

    var isShared: Bool {
      if case .prepared = self { true } else { false }
    }
  }

  private struct PreparedCall {
    let kernel: any PreparedKernel
    let unitCount: Int
    let inputs: [TensorView]
    let outputs: [MutableTensorView]
  }

  private struct PlainCall {
    let step: Step
    let executor: any Executor.Type
    let inputs: [TensorView?]
    let outputs: [MutableTensorView]
  }

  private let calls: [Call]
  let plan: Plan
  /// Unowned, as the interpreter owns this.
  private unowned let interpreter: Interpreter
  private let crew: Crew
  private let scratch: [Buffer]
  /// Written by the first thread.
  private var failure: (any Error)?
  /// The position of the call that failed. A thread that reads it late, when the first one is
  /// further on, sees a position that it has not come to.
  private let failedCall = Atomic(Int.max)
  /// When each call had ended, where that is asked for. Written by the first thread.
  private var ends: [ContinuousClock.Instant]?

  /// - Parameter interpreter: whose values have their memory.
  init(plan: Plan, interpreter: Interpreter) throws {
    self.plan = plan
    self.interpreter = interpreter
    crew = Crew(mostThreads: interpreter.threads)
    scratch = (0..<interpreter.threads).map { _ in Buffer(byteCount: plan.scratchByteCount) }
    calls = try plan.steps.map { planned in
      let step = planned.step
      switch planned.action {
      case .general: return .general(step)
      case .plain(let executor):
        return .plain(
          PlainCall(
            step: step, executor: executor,
            inputs: try step.inputs.map { try $0.map(interpreter.view) },
            outputs: try step.outputs.map(interpreter.mutableView)))
      case .prepared(let prepared):
        return .prepared(
          PreparedCall(
            kernel: prepared.kernel, unitCount: prepared.kernel.unitCount,
            inputs: try prepared.inputs.map {
              try interpreter.view($0).stored(as: plan.storage[$0.index])
            },
            outputs: try prepared.outputs.map {
              try interpreter.mutableView($0).stored(as: plan.storage[$0.index])
            }))
      }
    }
  }

  /// Runs all steps.
  func perform() throws {
    failure = nil
    failedCall.store(.max, ordering: .relaxed)
    crew.perform(self)
    if let failure { throw failure }
  }

  /// Runs all steps.
  /// - Returns: the seconds that each one took.
  func performMeasured() throws -> [Double] {
    var ends: [ContinuousClock.Instant] = []
    ends.reserveCapacity(calls.count)
    self.ends = ends
    defer { self.ends = nil }
    var begin = ContinuousClock.now
    try perform()
    return (self.ends ?? []).map { end in
      defer { begin = end }
      return (end - begin) / .seconds(1)
    }
  }

  func run(thread: Int, of count: Int, barrier: Barrier) {
    let scratch = scratch[thread].bytes
    for index in calls.indices {
      switch calls[index] {
      case .prepared(let call):
        let lower = call.unitCount * thread / count
        let upper = call.unitCount * (thread + 1) / count
        call.kernel.run(
          units: lower..<upper, inputs: call.inputs, outputs: call.outputs, scratch: scratch)
      case .plain(let call):
        if thread == 0 { attempt(index) { try runPlain(call) } }
      case .general(let step):
        if thread == 0 { attempt(index) { try interpreter.run(step) } }
      }
      let isNextShared = index + 1 < calls.count && calls[index + 1].isShared
      if calls[index].isShared || isNextShared || index + 1 == calls.count {
        barrier.wait()
        if failedCall.load(ordering: .relaxed) <= index { return }
      }
      if thread == 0 { ends?.append(.now) }
    }
  }

  private func runPlain(_ call: PlainCall) throws {
    try call.step.reporting {
      try call.executor.run(call.step.operation, inputs: call.inputs, outputs: call.outputs)
    }
  }

  private func attempt(_ index: Int, _ body: () throws -> Void) {
    // After a failure nothing is done until the next barrier, where all threads leave.
    guard failure == nil else { return }
    do {
      try body()
    } catch {
      failure = error
      failedCall.store(index, ordering: .relaxed)
    }
  }
}

extension TensorView {
  /// The same bytes, whose elements are not what the graph says.
  fileprivate func stored(as elementType: ElementType) -> TensorView {
    TensorView(
      shape: shape, elementType: elementType, quantization: quantization, sparsity: sparsity,
      bytes: bytes)
  }
}

extension MutableTensorView {
  fileprivate func stored(as elementType: ElementType) -> MutableTensorView {
    MutableTensorView(
      shape: shape, elementType: elementType, quantization: quantization, bytes: bytes)
  }
}
