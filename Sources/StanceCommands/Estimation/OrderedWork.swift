/// Works on several pieces at once and hands the results on in the pieces' order.
enum OrderedWork {
  /// - Parameters:
  ///   - count: pieces are numbered from 0.
  ///   - workerCount: how many pieces are worked on at once, 1 or more.
  ///   - ahead: how many results more than that may wait for an earlier one, so that memory does
  ///     not grow with `count`.
  ///   - makeWorker: called once for each worker, which works on one piece at a time.
  ///   - consume: called with one result after the other, from piece 0 on.
  /// - Throws: what `makeWorker` or `consume` throws; no piece is begun after that.
  static func run<Result: Sendable>(
    count: Int, workerCount: Int, ahead: Int = 2,
    makeWorker: @escaping @Sendable () throws -> (Int) -> Result,
    consume: (Int, Result) throws -> Void
  ) async throws {
    let desk = Desk<Result>(count: count, limit: max(workerCount, 1) + max(ahead, 0))
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<min(max(workerCount, 1), count) {
        group.addTask { await labour(at: desk, makeWorker: makeWorker) }
      }
      do {
        for index in 0..<count { try consume(index, try await desk.result(at: index)) }
      } catch {
        await desk.close()
        throw error
      }
      try await group.waitForAll()
    }
  }

  private static func labour<Result: Sendable>(
    at desk: Desk<Result>, makeWorker: @Sendable () throws -> (Int) -> Result
  ) async {
    let work: (Int) -> Result
    do {
      work = try makeWorker()
    } catch {
      await desk.fail(error)
      return
    }
    while let index = await desk.nextPiece() {
      await desk.deliver(work(index), at: index)
      // Lets the consumer run where every thread is busy with work.
      await Task.yield()
    }
  }
}

/// Where workers fetch pieces and lay down results.
private actor Desk<Result: Sendable> {
  private let count: Int
  private let limit: Int
  private var begun = 0
  private var consumed = 0
  private var results: [Int: Result] = [:]
  private var failure: (any Error)?
  private var isClosed = false
  private var waitingWorkers: [CheckedContinuation<Void, Never>] = []
  private var waitingConsumer: CheckedContinuation<Void, Never>?

  /// - Parameter limit: how many pieces may be begun and not consumed.
  init(count: Int, limit: Int) {
    self.count = count
    self.limit = limit
  }

  /// The next piece, once there is room for its result; nil where there is no more to do.
  func nextPiece() async -> Int? {
    while !isClosed, begun < count, begun - consumed >= limit {
      await withCheckedContinuation { waitingWorkers.append($0) }
    }
    guard !isClosed, begun < count else { return nil }
    defer { begun += 1 }
    return begun
  }

  func deliver(_ result: Result, at index: Int) {
    results[index] = result
    wakeConsumer()
  }

  func fail(_ error: any Error) {
    failure = failure ?? error
    wakeConsumer()
  }

  /// The result of piece `index`, once it is there.
  func result(at index: Int) async throws -> Result {
    while true {
      if let failure { throw failure }
      if let result = results.removeValue(forKey: index) {
        consumed += 1
        wakeWorkers()
        return result
      }
      await withCheckedContinuation { waitingConsumer = $0 }
    }
  }

  func close() {
    isClosed = true
    wakeWorkers()
  }

  private func wakeWorkers() {
    for worker in waitingWorkers { worker.resume() }
    waitingWorkers = []
  }

  private func wakeConsumer() {
    waitingConsumer?.resume()
    waitingConsumer = nil
  }
}
