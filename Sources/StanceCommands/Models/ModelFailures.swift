import StanceKit

/// Says what fails of several models, each of which is worked on whatever became of the others.
struct ModelFailures {
  private var statuses: [ExitStatus] = []

  /// Says what is wrong with one.
  mutating func add(_ error: any Error) {
    Console.writeError("stance: \(printable(explanation(of: error)))\n")
    statuses.append(ExitStatus(of: error))
  }

  /// Counts one of which everything is said.
  mutating func addDamaged() { statuses.append(.failed) }

  /// - Parameter count: of all models.
  /// - Throws: ``ExitStatus`` where there are any: their own where they have one in common, else
  ///   that some failed.
  func finish(of count: Int) throws {
    guard let first = statuses.first else { return }
    if count > 1 { Console.writeError("stance: \(statuses.count) of \(count) models failed\n") }
    throw statuses.allSatisfy { $0 == first } ? first : .failed
  }
}

extension ModelStore {
  /// - Parameter texts: names as a user gives them, with or without `.tflite`.
  /// - Returns: each name once, without its ending.
  static func distinctNames(_ texts: [String]) throws -> [String] {
    var names: [String] = []
    for name in try texts.map({ try ModelStore.name($0) }) where !names.contains(name) {
      names.append(name)
    }
    return names
  }
}
