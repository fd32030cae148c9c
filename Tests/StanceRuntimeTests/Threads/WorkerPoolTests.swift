import Synchronization
import Testing

@testable import StanceRuntime

@Suite struct WorkerPoolTests {
  /// Each thread adds to its own sum, then all read every sum.
  private final class Sums: ParallelWork {
    let parts: [Atomic8] = (0..<8).map { _ in Atomic8() }
    let disagreements = Atomic(0)

    final class Atomic8: Sendable {
      let value = Atomic(0)
    }

    func run(thread: Int, of count: Int, barrier: Barrier) {
      for round in 1...50 {
        parts[thread].value.add(1, ordering: .relaxed)
        barrier.wait()
        for part in parts[..<count] where part.value.load(ordering: .relaxed) != round {
          disagreements.add(1, ordering: .relaxed)
        }
        barrier.wait()
      }
    }
  }

  @Test(arguments: 1...5)
  func threadsWaitForEachOther(threads: Int) {
    let crew = Crew(mostThreads: threads)
    for _ in 0..<20 {
      let sums = Sums()
      crew.perform(sums)
      #expect(sums.disagreements.load(ordering: .relaxed) == 0)
      #expect(sums.parts[0].value.load(ordering: .relaxed) == 50)
    }
  }

  @Test func aloneOneGetsAllTogetherThereAreNoMoreThanProcessors() {
    let pool = WorkerPool(processorCount: 4)
    var first: [Worker] = []
    var second: [Worker] = []
    var third: [Worker] = []
    pool.lend(upTo: 2, to: &first)
    #expect(first.count == 2)
    pool.lend(upTo: 3, to: &second)
    #expect(second.isEmpty)
    pool.takeBack(&first)
    pool.lend(upTo: 3, to: &third)
    #expect(first.isEmpty && third.count == 2)
    pool.takeBack(&second)
    pool.takeBack(&third)
    pool.lend(upTo: 6, to: &first)
    #expect(first.count == 6)
    pool.takeBack(&first)
  }
}
