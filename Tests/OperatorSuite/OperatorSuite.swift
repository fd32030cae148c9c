import StanceFormats
import StanceRuntime
import Testing

/// Every operator, cut out as a model of its own, gives what LiteRT's default interpreter gives.
@Suite struct OperatorSuite {
  @Test(arguments: OperatorCase.all(in: "windows"), Engine.testable)
  func windows(_ operatorCase: OperatorCase, _ engine: Engine) throws {
    try expectAgreement(operatorCase, engine)
  }

  @Test(arguments: OperatorCase.all(in: "elementwise"), Engine.testable)
  func elementwise(_ operatorCase: OperatorCase, _ engine: Engine) throws {
    try expectAgreement(operatorCase, engine)
  }

  @Test(arguments: OperatorCase.all(in: "movement"), Engine.testable)
  func movement(_ operatorCase: OperatorCase, _ engine: Engine) throws {
    try expectAgreement(operatorCase, engine)
  }

  @Test(arguments: ["windows": 100, "elementwise": 100, "movement": 100])
  func casesArePresent(_ family: String, atLeast count: Int) {
    #expect(OperatorCase.all(in: family).count >= count)
  }

  @Test(
    .disabled(if: InstructionSet.missing.isEmpty, "this machine has all instruction sets"),
    arguments: InstructionSet.missing)
  func skippedBecauseTheMachineLacks(_ set: String) throws {
    try Test.cancel("no operator can run with \(set) here")
  }

  private func expectAgreement(_ operatorCase: OperatorCase, _ engine: Engine) throws {
    let comparisons = try operatorCase.compare(engine)
    #expect(!comparisons.isEmpty)
    for (position, comparison) in comparisons.enumerated() {
      let disagreement = comparison.disagreement
      #expect(disagreement == nil, "output \(position): \(disagreement ?? "")")
    }
  }
}
