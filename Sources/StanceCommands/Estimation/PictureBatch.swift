import StancePose

/// Works on many pictures at once and says how it goes.
struct PictureBatch {
  let pictureCount: Int
  let workerCount: Int
  let isQuiet: Bool

  /// How many pictures came to what.
  struct Summary: Hashable, Sendable {
    var finished = 0
    var skipped = 0
    var failed = 0
    var people = 0
  }

  /// - Parameters:
  ///   - makeWorker: makes what works on the picture at a place, for one task's use.
  ///   - collect: takes the texts of finished pictures, in their order.
  /// - Throws: where a result cannot be written, or no worker can be made.
  func run(
    makeWorker: @escaping @Sendable () throws -> (Int) -> PictureOutcome,
    collect: (String) throws -> Void
  ) async throws -> Summary {
    var summary = Summary()
    var progress = ProgressBar(
      total: pictureCount, isShown: !isQuiet && pictureCount > 1 && Console.isErrorTerminal)
    progress.draw(done: 0, skipped: 0)
    try await OrderedWork.run(
      count: pictureCount, workerCount: workerCount, makeWorker: makeWorker,
      consume: { index, outcome in
        progress.clear()
        switch outcome {
        case .finished(let text, let peopleCount):
          try collect(text)
          summary.finished += 1
          summary.people += peopleCount
        case .skipped: summary.skipped += 1
        case .failed(let message):
          Console.writeError("stance: \(printable(message))\n")
          summary.failed += 1
        case .aborted(let error): throw error
        }
        progress.draw(done: index + 1, skipped: summary.skipped)
      })
    progress.clear()
    return summary
  }
}

extension PictureBatch.Summary {
  /// What a command says at its end, where it is not told to be quiet.
  ///
  /// - Parameters:
  ///   - places: where results went.
  ///   - parts: what was looked for.
  func report(places: [String], isQuiet: Bool, parts: Person.Parts = .body) {
    let total = finished + skipped + failed
    if failed > 0, total > 1 {
      Console.writeError("stance: \(failed) of \(total) inputs failed\n")
    }
    guard !isQuiet, finished + skipped > 0, !places.isEmpty else { return }
    let pictures = finished == 1 ? "1 picture" : "\(finished) pictures"
    let before = skipped > 0 ? ", \(skipped) \(skipped == 1 ? "was" : "were") done before" : ""
    Console.writeError(
      "\(parts.text(count: people)) in \(pictures)\(before); see \(printable(places.joined(separator: ", ")))\n"
    )
  }
}
