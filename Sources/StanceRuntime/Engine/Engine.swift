import StanceKernels

/// A family of machine instructions that kernels are written for.
public typealias InstructionSet = StanceKernels.InstructionSet

/// The processors of this machine.
public typealias Processors = StanceKernels.Processors

/// What computes a graph's operators.
public enum Engine: Hashable, Sendable {
  /// The plain kernels, which all others are held against, on the graph as the file has it.
  case reference
  /// Kernels made ready for the machine, on a graph made simpler; plain ones where there are no
  /// others. Those of the last of these instruction sets that has one are taken.
  case fast([InstructionSet])

  /// The fast engine with every instruction set that this machine has, or up to the one that the
  /// environment variable `STANCE_ISA` names, as it was when the program first asked.
  ///
  /// - Throws: ``RuntimeError`` where `STANCE_ISA` names none.
  public static var standard: Engine {
    get throws { try environmentEngine.get() }
  }

  private static let environmentEngine = engine(named: environmentVariable("STANCE_ISA"))

  /// - Parameter name: of the best instruction set to use, or `reference`; nil or empty for all.
  static func engine(named name: String?) -> Result<Engine, RuntimeError> {
    guard let name, !name.isEmpty else { return .success(.fast(InstructionSet.available)) }
    if name == "reference" { return .success(.reference) }
    guard let limit = InstructionSet(rawValue: name) else {
      let names = InstructionSet.allCases.map(\.rawValue).joined(separator: ", ")
      return .failure(
        RuntimeError(
          .invalidOption,
          "STANCE_ISA is \"\(name)\"; it must be one of \(names), or reference"))
    }
    return .success(.fast(InstructionSet.available(upTo: limit)))
  }

  /// The instruction sets that prepared kernels may use; nil where there are to be none.
  var instructionSets: [InstructionSet]? {
    switch self {
    case .reference: nil
    case .fast(let sets): sets
    }
  }
}
