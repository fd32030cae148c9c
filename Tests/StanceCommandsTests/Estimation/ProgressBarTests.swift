import Testing

@testable import StanceCommands

@Suite struct ProgressBarTests {
  @Test func saysRateAndTimeLeft() {
    let line = ProgressBar.line(done: 125, skipped: 25, total: 500, seconds: 50, width: 80)
    #expect(line == "[==========                              ] 125/500  2.0/s  3:08 left")
  }

  @Test func saysNothingItCannotKnow() {
    let line = ProgressBar.line(done: 0, skipped: 0, total: 3, seconds: 0, width: 80)
    #expect(line == "[" + String(repeating: " ", count: 40) + "] 0/3")
  }

  @Test func neverOverfillsTheTerminal() {
    for width in 0...100 {
      let line = ProgressBar.line(
        done: 99_999, skipped: 0, total: 100_000, seconds: 9_000_000, width: width)
      #expect(line.count <= max(width - 1, 0))
    }
  }

  @Test func hoursAreHours() {
    let line = ProgressBar.line(done: 1, skipped: 0, total: 10, seconds: 1000, width: 30)
    #expect(line.hasSuffix("1/10  0.0/s  2:30:00 left"))
  }
}
