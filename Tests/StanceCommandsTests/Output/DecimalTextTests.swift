import Testing

@testable import StanceCommands

@Suite struct DecimalTextTests {
  @Test(arguments: [
    (0.0, "0.0"), (1, "1.0"), (-0.0, "0.0"), (12.3456, "12.346"), (-12.3456, "-12.346"),
    (0.0004, "0.0"), (-0.0004, "0.0"), (0.0005, "0.001"), (99.9999, "100.0"), (0.1, "0.1"),
    (1.05, "1.05"), (1e15, "1000000000000000.0"), (1e20, "1e+20"), (-3, "-3.0"),
  ])
  func roundsAndTrims(value: Double, expected: String) {
    #expect(DecimalText.text(value, decimals: 3) == expected)
  }

  @Test(arguments: [Double.nan, .infinity, -.infinity])
  func refusesWhatIsNotFinite(value: Double) {
    #expect(DecimalText.text(value, decimals: 3) == nil)
    #expect(DecimalText.aligned(value, decimals: 3) == "-")
  }

  @Test func keepsDigitsForColumns() {
    #expect(DecimalText.aligned(1, decimals: 3) == "1.000")
    #expect(DecimalText.aligned(-0.25, decimals: 1) == "-0.3")
    #expect(DecimalText.aligned(1234.5, decimals: 2) == "1234.50")
  }

  @Test(arguments: [
    (0, "0"), (999, "999"), (1000, "1,000"), (-1_234_567, "-1,234,567"),
    (Int.min, "-9,223,372,036,854,775,808"),
  ])
  func groupsThousands(value: Int, expected: String) {
    #expect(NumberText.grouped(value) == expected)
  }
}
