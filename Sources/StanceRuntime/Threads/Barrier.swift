import Synchronization

/// Where threads wait for each other: spinning at first, then asleep.
final class Barrier: Sendable {
  /// Some steps are left to one thread alone, for whom the others should not sleep: to be woken
  /// takes longer than most steps.
  private static let patience = Duration.milliseconds(1)

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
    if Spinning.wait(most: Self.patience, until: { phase.load(ordering: .acquiring) != current }) {
      return
    }
    sleepers.add(1, ordering: .sequentiallyConsistent)
    signal.sleep { phase.load(ordering: .sequentiallyConsistent) != current }
    sleepers.subtract(1, ordering: .sequentiallyConsistent)
  }
}
