/// Work that threads do together, each calling ``Barrier/wait()`` equally often.
protocol ParallelWork: AnyObject, Sendable {
  /// - Parameters:
  ///   - thread: 0 for the one that asked, which does what only one may do.
  ///   - count: how many threads there are this time.
  func run(thread: Int, of count: Int, barrier: Barrier)
}

/// The threads of one interpreter, lent by the ``WorkerPool`` for each run.
final class Crew {
  private let barrier = Barrier()
  private let mostThreads: Int
  private var workers: [Worker] = []

  init(mostThreads: Int) {
    self.mostThreads = mostThreads
    workers.reserveCapacity(mostThreads - 1)
  }

  /// Returns when all threads have done their part.
  func perform(_ work: any ParallelWork) {
    WorkerPool.shared.lend(upTo: mostThreads - 1, to: &workers)
    let count = workers.count + 1
    barrier.reset(threadCount: count)
    for (index, worker) in workers.enumerated() {
      worker.assign(
        Worker.Assignment(work: work, thread: index + 1, count: count, barrier: barrier))
    }
    work.run(thread: 0, of: count, barrier: barrier)
    // The last one to use what belongs to this run.
    barrier.wait()
    WorkerPool.shared.takeBack(&workers)
  }
}
