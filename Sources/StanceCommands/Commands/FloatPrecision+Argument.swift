import ArgumentParser
import StanceRuntime

extension FloatPrecision: ExpressibleByArgument {
  /// Of `--precision`.
  static let help = ArgumentHelp(
    "What networks of floats are computed with: float32; bfloat16, which is faster on processors "
      + "that have instructions for it and moves keypoints a little; auto, bfloat16 where they do.")

  /// Says on standard error where bfloat16 takes longer than float32, or is not to be had.
  func warnWhereSlow() throws {
    guard self == .bfloat16 else { return }
    let engine = try Engine.standard
    if engine == .reference {
      Console.writeError(
        "stance: the plain kernels that STANCE_ISA=reference asks for compute with float32; "
          + "--precision bfloat16 changes nothing\n")
      return
    }
    guard !Self.isFast(engine) else { return }
    Console.writeError(
      "stance: there are no instructions for bfloat16 to use here, which takes longer than "
        + "float32; --precision auto takes it only where there are\n")
  }
}
