import StanceRuntime

extension Engine {
  /// The plain kernels, and each instruction set that this machine has, up to it.
  static var testable: [Engine] {
    [.reference] + InstructionSet.available.map { .fast(InstructionSet.available(upTo: $0)) }
  }
}
