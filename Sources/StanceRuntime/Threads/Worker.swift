import Synchronization

/// A thread that does its part of one piece of work after the other.
final class Worker: Sendable {
  struct Assignment: Sendable {
    let work: any ParallelWork
    let thread: Int
    let count: Int
    let barrier: Barrier
  }

  /// How long it stays awake for the next one.
  private static let patience = Duration.microseconds(50)

  private let assignment = Mutex<Assignment?>(nil)
  /// How many assignments there have been.
  private let generation = Atomic(0)
  private let isAsleep = Atomic(false)
  private let signal = Signal()

  /// - Returns: nil where the system has no more threads.
  static func start() -> Worker? {
    let worker = Worker()
    return startThread { worker.serve() } ? worker : nil
  }

  /// To be called when the last assignment is done.
  func assign(_ next: Assignment) {
    assignment.withLock { $0 = next }
    generation.add(1, ordering: .sequentiallyConsistent)
    if isAsleep.load(ordering: .sequentiallyConsistent) { signal.wake() }
  }

  private func serve() {
    var served = 0
    while true {
      awaitAssignment(after: served)
      served &+= 1
      let next = assignment.withLock { assignment in
        defer { assignment = nil }
        return assignment
      }
      guard let next else { continue }
      next.work.run(thread: next.thread, of: next.count, barrier: next.barrier)
      next.barrier.wait()
    }
  }

  private func awaitAssignment(after served: Int) {
    if Spinning.wait(
      most: Self.patience, until: { generation.load(ordering: .acquiring) != served })
    {
      return
    }
    isAsleep.store(true, ordering: .sequentiallyConsistent)
    signal.sleep { generation.load(ordering: .sequentiallyConsistent) != served }
    isAsleep.store(false, ordering: .sequentiallyConsistent)
  }
}
