import Testing

@testable import StanceKit

@Suite struct SpellingTests {
  private let names = ["walker_full", "walker_lite", "runner", "add"]

  @Test(arguments: [
    ("walker", ["walker_full", "walker_lite"]),
    ("lite", ["walker_lite"]),
    ("wlker", ["walker_full", "walker_lite"]),
    ("walker_fool", ["walker_full"]),
    ("runer", ["runner"]),
    ("ad", ["add"]),
    ("swimmer", []),
    ("", []),
  ])
  func whatResemblesIsSuggested(text: String, suggestions: [String]) {
    #expect(Spelling.suggestions(for: text, among: names) == suggestions)
  }

  @Test func theQuestionNamesAtMostFour() {
    let names = ["a1x", "a2x", "a3x", "a4x", "a5x"].map { "walker" + $0 }
    #expect(
      Spelling.question(for: "walker", among: names)
        == "; did you mean \"walkera1x\", \"walkera2x\", \"walkera3x\" or \"walkera4x\"?")
    #expect(Spelling.question(for: "walker", among: []) == nil)
  }
}
