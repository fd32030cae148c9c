import StanceGraph
import StanceTensors
import Testing

@testable import StanceRuntime

@Suite struct StepProfileTests {
  private static func profile(_ engine: Engine, width: Int = 11, runs: Int = 3) throws
    -> [StepProfile]
  {
    let interpreter = Interpreter(
      try CompiledGraph(PlanTests.network(), options: EngineOptions(engine: engine)))
    try interpreter.resizeInput(at: 0, to: [1, 9, width, 3])
    try interpreter.allocateTensors()
    return try interpreter.profile(runs: runs)
  }

  private static func total(_ steps: [StepProfile]) -> Int {
    steps.reduce(0) { $0 + ($1.multiplyAdds ?? 0) }
  }

  @Test func aStepIsWhatOneKernelDoes() throws {
    let steps = try Self.profile(.fast(InstructionSet.available))
    #expect(
      steps.map(\.operations).filter { $0.contains("CONV_2D") } == [
        ["CONV_2D", "RELU"], ["DEPTHWISE_CONV_2D", "CONV_2D", "ADD"],
      ])
    #expect(steps.allSatisfy { $0.factors == .float32 && $0.kernel.hasPrefix("f32_") })
    #expect(steps.allSatisfy { $0.times.count == 3 && $0.times.allSatisfy { $0 >= 0 } })
    #expect(steps[0].outputShape == [1, 4, 6, 20])
    #expect(steps[0].nodes == [1, 2])
  }

  @Test func multiplyAddsAreThoseOfTheShapesThatRun() throws {
    for (width, pixels) in [(11, 4 * 6), (13, 4 * 7)] {
      let fast = try Self.profile(.fast(InstructionSet.available), width: width)
      #expect(fast[0].multiplyAdds == pixels * 20 * 27)
      #expect(fast[1].multiplyAdds == pixels * (20 * 9 + 20 * 20))
      #expect(fast[2].multiplyAdds == 0)
      let plain = try Self.profile(.reference, width: width, runs: 1)
      #expect(Self.total(plain) == Self.total(fast))
      #expect(plain.allSatisfy { $0.kernel == "plain" && $0.factors == .float32 })
    }
  }
}
