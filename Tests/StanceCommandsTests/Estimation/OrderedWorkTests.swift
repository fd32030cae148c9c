import Foundation
import Testing

@testable import StanceCommands

@Suite struct OrderedWorkTests {
  /// Counts what is under way.
  private final class Gauge: @unchecked Sendable {
    private let lock = NSLock()
    private var begun = 0
    private var consumed = 0
    private(set) var most = 0

    func begin() {
      lock.withLock {
        begun += 1
        most = max(most, begun - consumed)
      }
    }

    func consume() { lock.withLock { consumed += 1 } }
    var total: Int { lock.withLock { begun } }
  }

  private struct Stop: Error {}

  @Test(arguments: [1, 2, 3, 8])
  func resultsComeInOrderAndFewWait(workerCount: Int) async throws {
    let gauge = Gauge()
    var seen: [Int] = []
    try await OrderedWork.run(
      count: 60, workerCount: workerCount, ahead: 2,
      makeWorker: {
        { index in
          gauge.begin()
          // The earlier of two neighbours takes longer.
          if index % 2 == 0 { usleep(2000) }
          return index * 10
        }
      },
      consume: { index, result in
        #expect(result == index * 10)
        seen.append(index)
        gauge.consume()
      })
    #expect(seen == Array(0..<60))
    #expect(gauge.most <= workerCount + 2 + 1)
  }

  @Test func nothingToDoIsDone() async throws {
    try await OrderedWork.run(
      count: 0, workerCount: 4, makeWorker: { { $0 } }, consume: { _, _ in Issue.record("none") })
  }

  @Test func aWorkerThatCannotBeMadeEndsTheWork() async {
    await #expect(throws: Stop.self) {
      try await OrderedWork.run(
        count: 5, workerCount: 2, makeWorker: { () throws -> (Int) -> Int in throw Stop() },
        consume: { _, _ in })
    }
  }

  @Test func aConsumerThatGivesUpEndsTheWork() async {
    let gauge = Gauge()
    await #expect(throws: Stop.self) {
      try await OrderedWork.run(
        count: 1000, workerCount: 2,
        makeWorker: {
          { index in
            gauge.begin()
            return index
          }
        },
        consume: { index, _ in if index == 3 { throw Stop() } })
    }
    #expect(gauge.total < 20)
  }
}
