import StanceRuntime

extension Engine {
  /// The plain kernels, and each instruction set that this machine has, up to it.
  static var testable: [Engine] {
    [.reference] + InstructionSet.available.map { .fast(InstructionSet.available(upTo: $0)) }
  }
}

extension InstructionSet {
  /// The names of those that this machine lacks.
  static var missing: [String] {
    allCases.filter { !available.contains($0) }.map(\.rawValue)
  }
}
