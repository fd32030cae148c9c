import StanceFormats
import Testing

/// Every operator, cut out as a model of its own, gives what LiteRT's default interpreter gives.
@Suite struct OperatorSuite {
  @Test(arguments: OperatorCase.all(in: "windows"))
  func windows(_ operatorCase: OperatorCase) throws {
    try expectAgreement(operatorCase)
  }

  @Test(arguments: OperatorCase.all(in: "elementwise"))
  func elementwise(_ operatorCase: OperatorCase) throws {
    try expectAgreement(operatorCase)
  }

  @Test(arguments: OperatorCase.all(in: "movement"))
  func movement(_ operatorCase: OperatorCase) throws {
    try expectAgreement(operatorCase)
  }

  @Test(arguments: ["windows": 100, "elementwise": 100, "movement": 100])
  func casesArePresent(_ family: String, atLeast count: Int) {
    #expect(OperatorCase.all(in: family).count >= count)
  }

  private func expectAgreement(_ operatorCase: OperatorCase) throws {
    let comparisons = try operatorCase.compare()
    #expect(!comparisons.isEmpty)
    for (position, comparison) in comparisons.enumerated() {
      let disagreement = comparison.disagreement
      #expect(disagreement == nil, "output \(position): \(disagreement ?? "")")
    }
  }
}
