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
    let names = try names.isEmpty ? store.names : ModelStore.distinctNames(names)
    var failures = ModelFailures()
    var values: [JSONValue] = []
    for name in names {
      do {
        let verification = try store.verify(name)
        values.append(json(of: verification, name))
        if !json { try Console.write("\(printable(name)) \(text(of: verification, name))\n") }
        if verification.isDamaged { failures.addDamaged() }
      } catch let error as KitError {
        failures.add(error)
        values.append(json(of: error, name))
      }
    }
    if json {
      try Console.write(JSONValue.array(values).readableText + "\n")
    } else if names.isEmpty {
      try Console.write("there are no models in \(printable(store.folder))\n")
    }
    try failures.finish(of: names.count)
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

  /// Of a model that cannot be read.
  private func json(of error: KitError, _ name: String) -> JSONValue {
    .object([
      ("name", .string(name)),
      ("state", .string(error.code == .noModel ? "missing" : "unreadable")),
      ("sha256", .null), ("expected_sha256", .null),
    ])
  }
}
