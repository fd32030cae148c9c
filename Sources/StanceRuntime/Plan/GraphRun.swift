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
  }

  private final class PreparedCall: Sendable {
    private let kernel: any PreparedKernel
    private let unitCount: Int
    private nonisolated(unsafe) let inputs: [TensorView]
    private nonisolated(unsafe) let outputs: [MutableTensorView]

    init(kernel: any PreparedKernel, inputs: [TensorView], outputs: [MutableTensorView]) {
      self.kernel = kernel
      unitCount = kernel.unitCount
      self.inputs = inputs
      self.outputs = outputs
    }

    func run(thread: Int, of count: Int, scratch: UnsafeMutableRawBufferPointer) {
      let lower = unitCount * thread / count
      let upper = unitCount * (thread + 1) / count
      kernel.run(units: lower..<upper, inputs: inputs, outputs: outputs, scratch: scratch)
    }
  }

  private struct PlainCall {
    let step: Step
    let operation: BoundOperation
  }

  private let calls: [Call]
  /// Those of ``calls`` that threads share, which own them: a count of owners that every thread
  /// changes in each step would go to and fro between the cores.
  private let prepared: [Unmanaged<PreparedCall>?]
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
    let calls = try plan.steps.map { planned -> Call in
      let step = planned.step
      switch planned.action {
      case .general: return .general(step)
      case .plain(let executor):
        return .plain(
          PlainCall(
            step: step,
            operation: executor.bind(
              step.operation, inputs: try step.inputs.map { try $0.map(interpreter.view) },
              outputs: try step.outputs.map(interpreter.mutableView))))
      case .prepared(let prepared):
        return .prepared(
          PreparedCall(
            kernel: prepared.kernel,
            inputs: try prepared.inputs.map {
              try interpreter.view($0).stored(as: plan.storage[$0.index])
            },
            outputs: try prepared.outputs.map {
              try interpreter.mutableView($0).stored(as: plan.storage[$0.index])
            }))
      }
    }
    self.calls = calls
    prepared = calls.map { call in
      if case .prepared(let call) = call { Unmanaged.passUnretained(call) } else { nil }
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
    for index in prepared.indices {
      if let call = prepared[index] {
        call._withUnsafeGuaranteedRef { $0.run(thread: thread, of: count, scratch: scratch) }
      } else if thread == 0 {
        attempt(index) { try runAlone(calls[index]) }
      }
      let isNextShared = index + 1 < prepared.count && prepared[index + 1] != nil
      if prepared[index] != nil || isNextShared || index + 1 == prepared.count {
        barrier.wait()
        if failedCall.load(ordering: .relaxed) <= index { return }
      }
      if thread == 0 { ends?.append(.now) }
    }
  }

  private func runAlone(_ call: Call) throws {
    switch call {
    case .prepared: break
    case .plain(let call): try call.step.reporting(call.operation)
    case .general(let step): try interpreter.run(step)
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
