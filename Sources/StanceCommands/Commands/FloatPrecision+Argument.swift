import ArgumentParser
import StanceRuntime

extension FloatPrecision: ExpressibleByArgument {
  /// Of `--precision`.
  static let help = ArgumentHelp(
    "What networks of floats are computed with: float32; bfloat16, which is faster on processors "
      + "that have instructions for it and moves keypoints a little; auto, bfloat16 where they do.")

  /// Says on standard error where bfloat16 takes longer than float32.
  func warnWhereSlow() throws {
    guard self == .bfloat16, !Self.isFast(try .standard) else { return }
    Console.writeError(
      "stance: there are no instructions for bfloat16 to use here, which takes longer than "
        + "float32; --precision auto takes it only where there are\n")
  }
}
