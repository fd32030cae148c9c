import ArgumentParser
import StanceKit

/// `stance models verify`: whether models are what they should be.
struct VerifyModelsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Compares models with what is known of them.",
    discussion: """
      A model's SHA-256 must be the catalogue's, or the one that was recorded when it came.

      Examples:
        stance models verify
        stance models verify pose_landmark_full --json

      Exit codes: 0 nothing is damaged, 1 something is, 2 wrong usage, 3 no such model.
      """)

  @Argument(
    help: ArgumentHelp("The models. (default: all that are here)", valueName: "name"))
  var names: [String] = []

  @Flag(help: "Print JSON, for programs.")
  var json = false

  func run() throws {
    let store = ModelStore()
    let names = try names.isEmpty ? store.names : names.map { try ModelStore.name($0) }
    var results: [(name: String, verification: ModelStore.Verification)] = []
    for name in names {
      let verification = try store.verify(name)
      results.append((name, verification))
      if !json { try Console.write("\(printable(name)) \(text(of: verification, name))\n") }
    }
    if json {
      let values = results.map { json(of: $0.verification, $0.name) }
      try Console.write(JSONValue.array(values).readableText + "\n")
    } else if results.isEmpty {
      try Console.write("there are no models in \(printable(store.folder))\n")
    }
    if results.contains(where: \.verification.isDamaged) { throw ExitStatus.failed }
  }

  private func text(of verification: ModelStore.Verification, _ name: String) -> String {
    guard let expected = verification.expectedSHA256 else {
      return "has SHA-256 \(verification.sha256), and nobody has recorded what it should be"
    }
    guard verification.isDamaged else { return "is intact" }
    let advice =
      ModelCatalogue.model(named: name) == nil
      ? "`stance models remove \(name)`, and add it again"
      : "`stance models fetch \(name)` brings it anew"
    return "is damaged: it has SHA-256 \(verification.sha256) and not \(expected); \(advice)"
  }

  private func json(of verification: ModelStore.Verification, _ name: String) -> JSONValue {
    let state =
      verification.expectedSHA256 == nil
      ? "unknown" : verification.isDamaged ? "damaged" : "intact"
    return .object([
      ("name", .string(name)), ("state", .string(state)), ("sha256", .string(verification.sha256)),
      ("expected_sha256", .optional(verification.expectedSHA256, JSONValue.string)),
    ])
  }
}
