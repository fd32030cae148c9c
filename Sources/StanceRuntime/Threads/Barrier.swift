import Synchronization

/// Where threads wait for each other: briefly spinning, then asleep.
final class Barrier: Sendable {
  private let arrived = Atomic(0)
  private let phase = Atomic(0)
  private let sleepers = Atomic(0)
  private let signal = Signal()
  private let threadCount = Atomic(1)

  /// To be called while no thread waits.
  func reset(threadCount count: Int) {
    threadCount.store(count, ordering: .relaxed)
  }

  /// Returns when all threads have called it. What they wrote before, all see after.
  func wait() {
    let count = threadCount.load(ordering: .relaxed)
    guard count > 1 else { return }
    let current = phase.load(ordering: .relaxed)
    guard arrived.add(1, ordering: .acquiringAndReleasing).newValue < count else {
      arrived.store(0, ordering: .relaxed)
      phase.store(current &+ 1, ordering: .sequentiallyConsistent)
      if sleepers.load(ordering: .sequentiallyConsistent) > 0 { signal.wake() }
      return
    }
    for _ in 0..<Spinning.limit where phase.load(ordering: .acquiring) != current { return }
    sleepers.add(1, ordering: .sequentiallyConsistent)
    signal.sleep { phase.load(ordering: .sequentiallyConsistent) != current }
    sleepers.subtract(1, ordering: .sequentiallyConsistent)
  }
}

enum Spinning {
  /// How often a thread looks again before it sleeps: some tens of microseconds.
  static let limit = 20_000
}
