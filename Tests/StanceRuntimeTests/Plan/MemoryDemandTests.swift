import Testing

@testable import StanceRuntime

@Suite struct MemoryDemandTests {
  @Test func nothingNeedsNothing() {
    #expect(MemoryDemand.place([]).byteCount == 0)
  }

  @Test func whatLivesOneAfterTheOtherLiesInOnePlace() {
    let (offsets, byteCount) = MemoryDemand.place([
      MemoryDemand(byteCount: 100, lifetime: 0...1), MemoryDemand(byteCount: 100, lifetime: 2...3),
    ])
    #expect(offsets == [0, 0])
    #expect(byteCount == 192)
  }

  @Test func theNarrowestGapIsTaken() {
    // Two gaps are free at time 5: one of 256 bytes, one of 128.
    let (offsets, _) = MemoryDemand.place([
      MemoryDemand(byteCount: 1024 - 64, lifetime: 0...9),
      MemoryDemand(byteCount: 256 - 64, lifetime: 0...4),
      MemoryDemand(byteCount: 512 - 64, lifetime: 0...9),
      MemoryDemand(byteCount: 128 - 64, lifetime: 5...9),
    ])
    #expect(offsets[3] == offsets[1])
  }

  @Test func randomDemandsNeverShareMemoryAtOneTime() {
    var random = SystemRandomNumberGenerator()
    var pairs = 0
    for _ in 0..<200 {
      let demands = (0..<Int.random(in: 1...30, using: &random)).map { _ in
        let begin = Int.random(in: 0...20, using: &random)
        return MemoryDemand(
          byteCount: Int.random(in: 0...1000, using: &random),
          lifetime: begin...Int.random(in: begin...22, using: &random))
      }
      let (offsets, byteCount) = MemoryDemand.place(demands)
      #expect(offsets.allSatisfy { $0 % 64 == 0 })
      for (left, a) in demands.enumerated() {
        #expect(offsets[left] + a.byteCount + 64 <= byteCount)
        for (right, b) in demands.enumerated().dropFirst(left + 1)
        where a.lifetime.overlaps(b.lifetime) {
          pairs += 1
          // Also the bytes behind a value are its own.
          let isApart =
            offsets[left] + a.byteCount + 64 <= offsets[right]
            || offsets[right] + b.byteCount + 64 <= offsets[left]
          #expect(isApart)
        }
      }
    }
    #expect(pairs > 1000)
  }
}
