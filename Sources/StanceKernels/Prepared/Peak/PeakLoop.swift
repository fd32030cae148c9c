import CStanceKernels

/// What a kernel multiplies.
public enum FactorType: String, Hashable, Sendable, CaseIterable {
  /// 8-bit integers, signed or not.
  case byte = "u8"
  case float32 = "f32"
  case bfloat16 = "bf16"
}

/// Multiply-adds in registers alone, to measure the most that a processor core does of them.
public struct PeakLoop: @unchecked Sendable {
  public let factors: FactorType
  public let instructionSet: InstructionSet
  /// The multiply-adds of one round.
  public let roundLength: Int
  private let function: @convention(c) (Int) -> Float

  /// Every loop of this architecture; for each type the plainest first.
  static let all: [PeakLoop] = {
    var count: Int32 = 0
    guard let first = st_peak_variants(&count) else { return [] }
    return (0..<Int(count)).compactMap { index in
      let variant = first[index]
      guard let function = variant.run,
        let factors = FactorType(rawValue: String(cString: variant.type)),
        let set = InstructionSet(rawValue: String(cString: variant.instruction_set))
      else { return nil }
      return PeakLoop(
        factors: factors, instructionSet: set, roundLength: Int(variant.multiply_adds),
        function: function)
    }
  }()

  /// The loop of the last of the allowed instruction sets that has one for `factors`, else the
  /// scalar one.
  public static func best(of factors: FactorType, in allowed: [InstructionSet]) -> PeakLoop {
    let loops = all.filter { $0.factors == factors }
    return loops.last { allowed.contains($0.instructionSet) } ?? loops[0]
  }

  /// Does `roundCount` rounds of ``roundLength`` multiply-adds.
  /// - Returns: a sum of some of the sums, each of 1 * 1 for bytes and of 2^-9 * 2^-9 for floats.
  @discardableResult
  public func run(roundCount: Int) -> Float {
    function(roundCount)
  }
}
