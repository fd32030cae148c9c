import StanceKernels
import Synchronization

/// The threads that all interpreters of a process share, so that together they are no more than the
/// processors.
final class WorkerPool: Sendable {
  static let shared = WorkerPool(processorCount: Processors.count)

  private struct State {
    var idle: [Worker] = []
    var lentCount = 0
    /// Threads of callers that have workers or would take some.
    var callerCount = 0
  }

  private let processorCount: Int
  private let state = Mutex(State())

  init(processorCount: Int) {
    self.processorCount = processorCount
  }

  /// Appends workers to `workers`: as many as wanted where nobody else works, even more than there
  /// are processors; else as many as there are processors left.
  func lend(upTo wanted: Int, to workers: inout [Worker]) {
    state.withLock { state in
      state.callerCount += 1
      let isAlone = state.callerCount == 1
      let free = processorCount - state.callerCount - state.lentCount
      let count = isAlone ? wanted : max(0, min(wanted, free))
      while workers.count < count, let worker = state.idle.popLast() ?? Worker.start() {
        workers.append(worker)
        state.lentCount += 1
      }
    }
  }

  /// Takes back what ``lend(upTo:to:)`` gave.
  func takeBack(_ workers: inout [Worker]) {
    state.withLock { state in
      state.callerCount -= 1
      state.lentCount -= workers.count
      state.idle.append(contentsOf: workers)
    }
    workers.removeAll(keepingCapacity: true)
  }
}
