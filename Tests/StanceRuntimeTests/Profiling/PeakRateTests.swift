import Testing

@testable import StanceRuntime

@Suite struct PeakRateTests {
  @Test(arguments: FactorType.allCases)
  func everyTypeHasAPeak(factors: FactorType) {
    let peak = PeakRate.measured(factors, engine: .fast(InstructionSet.available), threads: 1)
    #expect(peak.factors == factors)
    #expect(peak.threads == 1)
    #expect(peak.multiplyAddsPerSecond.isFinite && peak.multiplyAddsPerSecond > 1e6)
  }

  @Test func theEngineChoosesTheInstructions() {
    let peak = PeakRate.measured(.byte, engine: .fast([.scalar]), threads: 1)
    #expect(peak.instructionSet == .scalar)
  }

  @Test func threadsWorkTogether() {
    let peak = PeakRate.measured(.float32, engine: .reference, threads: 2)
    #expect((1...2).contains(peak.threads))
    #expect(peak.multiplyAddsPerSecond > 1e6)
  }
}
