import StanceKernels

/// What a float network is computed with. Integers are not concerned.
public enum FloatPrecision: String, Hashable, Sendable, CaseIterable {
  case float32
  /// Inputs and weights of convolutions, and most elements between operators, are rounded to
  /// bfloat16, which has 8 significant bits; sums are float32. Inputs and outputs of the network stay
  /// float32. On a machine without instructions for it the same is done with others, which takes
  /// several times as long as float32.
  case bfloat16
  /// ``bfloat16`` where the engine may use instructions for it, else ``float32``.
  case auto

  /// Whether `engine` may use instructions made for bfloat16.
  public static func isFast(_ engine: Engine) -> Bool {
    guard let sets = engine.instructionSets else { return false }
    return InstructionSet.withBFloat16Kernels.contains { $0 != .scalar && sets.contains($0) }
  }

  func kernelPrecision(in engine: Engine) -> StanceKernels.FloatPrecision {
    switch self {
    case .float32: .float32
    case .bfloat16: .bfloat16
    case .auto: Self.isFast(engine) ? .bfloat16 : .float32
    }
  }
}
