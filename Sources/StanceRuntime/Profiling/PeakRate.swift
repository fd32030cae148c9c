import StanceKernels

/// What a kernel multiplies.
public typealias FactorType = StanceKernels.FactorType

/// The most multiply-adds that processor cores do in a second, measured.
public struct PeakRate: Hashable, Sendable {
  public let factors: FactorType
  /// The one of which the loop was that did them.
  public let instructionSet: InstructionSet
  /// How many threads did them together.
  public let threads: Int
  public let multiplyAddsPerSecond: Double
}

extension PeakRate {
  /// Runs a loop of multiply-adds in registers for some tens of milliseconds; the fastest part of
  /// it counts.
  ///
  /// - Parameters:
  ///   - engine: whose instruction sets may be used; the plain kernels' are all.
  ///   - threads: 1 or more.
  public static func measured(
    _ factors: FactorType, engine: Engine, threads: Int
  ) -> PeakRate {
    let loop = PeakLoop.best(
      of: factors, in: engine.instructionSets ?? InstructionSet.available)
    let run = PeakRun(loop)
    let crew = Crew(mostThreads: max(threads, 1))
    var best = 0.0
    var burstCount = 0
    while burstCount < mostBursts {
      let begin = ContinuousClock.now
      crew.perform(run)
      let seconds = (ContinuousClock.now - begin) / .seconds(1)
      guard seconds >= leastBurst || run.roundCount >= mostRounds else {
        run.roundCount *= 2
        continue
      }
      burstCount += 1
      best = max(best, Double(loop.roundLength * run.roundCount * run.threadCount) / seconds)
    }
    return PeakRate(
      factors: factors, instructionSet: loop.instructionSet, threads: run.threadCount,
      multiplyAddsPerSecond: best)
  }

  private static let mostBursts = 10
  /// In seconds; beside it the time that threads take to start does not matter.
  private static let leastBurst = 0.002
  private static let mostRounds = 1 << 30
}

/// One burst on all threads.
private final class PeakRun: ParallelWork, @unchecked Sendable {
  private let loop: PeakLoop
  /// Changed between bursts alone.
  var roundCount = 1000
  /// Written by the first thread.
  private(set) var threadCount = 1

  init(_ loop: PeakLoop) {
    self.loop = loop
  }

  func run(thread: Int, of count: Int, barrier: Barrier) {
    if thread == 0 { threadCount = count }
    loop.run(roundCount: roundCount)
  }
}
