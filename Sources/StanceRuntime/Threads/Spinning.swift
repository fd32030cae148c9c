import StanceKernels

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Waiting without sleep.
enum Spinning {
  /// Looks until `isMet`, at most for about `limit`: at first as fast as it can, then only when no
  /// other thread wants the processor.
  /// - Returns: whether it was met.
  static func wait(most limit: Duration, until isMet: () -> Bool) -> Bool {
    let start = ContinuousClock.now
    while true {
      for _ in 0..<looks {
        if isMet() { return true }
        Processors.pause()
      }
      let waited = ContinuousClock.now - start
      if waited > limit { return false }
      if waited > selfish { sched_yield() }
    }
  }

  /// Between two looks at the clock.
  private static let looks = 64
  private static let selfish = Duration.microseconds(50)
}
