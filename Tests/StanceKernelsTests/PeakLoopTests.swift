import Testing

@testable import StanceKernels

@Suite struct PeakLoopTests {
  private static let runnable = PeakLoop.all.filter {
    InstructionSet.available.contains($0.instructionSet)
  }

  @Test func everySumGrowsByEachRound() {
    var compared = 0
    for loop in Self.runnable {
      let once = loop.run(roundCount: 512)
      #expect(once > 0, "\(loop.factors) \(loop.instructionSet)")
      #expect(loop.run(roundCount: 1024) == 2 * once, "\(loop.factors) \(loop.instructionSet)")
      #expect(loop.run(roundCount: 0) == 0)
      // A lane's sums of one round, of 2^-18 each for floats, times the lanes.
      let unit: Float = loop.factors == .byte ? 1 : 0x1p-18
      let sumOfOneLane = once / 512 / unit
      #expect(sumOfOneLane >= 12 && Int(sumOfOneLane) < loop.roundLength)
      #expect(loop.roundLength % Int(sumOfOneLane) == 0)
      compared += 1
    }
    #expect(compared >= FactorType.allCases.count)
  }

  @Test(arguments: FactorType.allCases)
  func theBestAllowedLoopIsTaken(factors: FactorType) {
    #expect(PeakLoop.best(of: factors, in: []).instructionSet == .scalar)
    #expect(PeakLoop.best(of: factors, in: [.scalar]).instructionSet == .scalar)
    for loop in PeakLoop.all where loop.factors == factors {
      let sets: [InstructionSet] = [.scalar, loop.instructionSet]
      #expect(PeakLoop.best(of: factors, in: sets).instructionSet == loop.instructionSet)
    }
  }
}
