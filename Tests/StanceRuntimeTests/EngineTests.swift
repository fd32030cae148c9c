import Testing

@testable import StanceRuntime

@Suite struct EngineTests {
  @Test func namesLimitTheInstructionSets() throws {
    #expect(try Engine.engine(named: nil).get() == .fast(InstructionSet.available))
    #expect(try Engine.engine(named: "").get() == .fast(InstructionSet.available))
    #expect(try Engine.engine(named: "scalar").get() == .fast([.scalar]))
    #expect(try Engine.engine(named: "reference").get() == .reference)
  }

  @Test func wrongNamesAreExplained() {
    expect(.invalidOption, "STANCE_ISA is \"sse9\"; it must be one of scalar, avx2") {
      _ = try Engine.engine(named: "sse9").get()
    }
  }
}
