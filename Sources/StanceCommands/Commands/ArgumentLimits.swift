import ArgumentParser

/// What numbers the commands that look at pictures take.
enum ArgumentLimits {
  /// - Throws: `ValidationError` that names the option.
  static func check(people: Int?, minScore: Double?, threads: Int?) throws {
    if let people, people < 1 {
      throw ValidationError("--people is \(people); it must be 1 or more")
    }
    if let minScore, !(0...1).contains(minScore) {
      throw ValidationError("--min-score is \(minScore); it must be from 0 to 1")
    }
    if let threads, threads < 1 {
      throw ValidationError("--threads is \(threads); it must be 1 or more")
    }
  }
}
