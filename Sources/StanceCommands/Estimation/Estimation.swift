/// Carries a plan out and says how it goes.
struct Estimation {
  let plan: EstimationPlan
  /// How many pictures are worked on at once.
  let workerCount: Int
  let isQuiet: Bool

  typealias Summary = PictureBatch.Summary

  /// Deals threads to pictures: one each where there are enough pictures, as decoding and drawing
  /// go on alongside then; else several compute one picture.
  ///
  /// - Parameters:
  ///   - asked: how many threads; nil for one for each core. There are at most two for each, as more
  ///     are no faster.
  static func division(
    ofThreads asked: Int?, cores: Int, pictures: Int
  ) -> (workers: Int, threadsEach: Int) {
    let cores = max(cores, 1)
    let threads = max(min(asked ?? cores, cores * 2), 1)
    let workers = max(min(threads, pictures), 1)
    return (workers, threads / workers)
  }

  /// - Parameter makeWorker: makes a worker for one task's use.
  /// - Throws: where results cannot be written, or no worker can be made.
  func run(makeWorker: @escaping @Sendable () throws -> PictureWorker) async throws -> Summary {
    let collector = try ResultCollector(plan: plan)
    let batch = PictureBatch(
      pictureCount: plan.sources.count, workerCount: workerCount, isQuiet: isQuiet)
    let summary = try await batch.run(
      makeWorker: {
        let worker = try makeWorker()
        return { worker.work(at: $0) }
      },
      collect: collector.add)
    try collector.finish(isComplete: summary.failed == 0)
    return summary
  }
}

/// Writes the results that share a place, one after the other.
final class ResultCollector {
  private let encoder: ResultEncoder
  /// Nil for standard output.
  private let file: OutputFile?
  private let isShared: Bool
  private let isSinglePicture: Bool
  private var isEmpty = true
  private var hasBegun = false

  /// - Throws: where the plan's file cannot be written.
  init(plan: EstimationPlan) throws {
    encoder = plan.encoder
    isSinglePicture = plan.isSinglePicture
    isShared = plan.results.folder == nil
    file = try plan.results.file.map { try OutputFile(path: $0) }
  }

  func add(_ text: String) throws {
    guard isShared else { return }
    var whole = hasBegun ? "" : encoder.beginning
    hasBegun = true
    if !text.isEmpty {
      whole += isEmpty ? text : encoder.separator + text
      isEmpty = false
    }
    try write(whole)
  }

  /// - Parameter isComplete: no picture failed. Of a single one that did there is nothing to say.
  func finish(isComplete: Bool) throws {
    guard isShared, isComplete || !isSinglePicture else { return }
    if !hasBegun { try add("") }
    try write(encoder.ending(isEmpty: isEmpty))
    try file?.commit()
  }

  private func write(_ text: String) throws {
    guard !text.isEmpty else { return }
    if let file { try file.write(text) } else { try Console.write(text) }
  }
}
