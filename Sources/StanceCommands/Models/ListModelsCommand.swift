import ArgumentParser
import StanceKit

/// `stance models list`: what there is.
struct ListModelsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "Lists the models that can be fetched, and those that are here.",
    discussion: """
      Examples:
        stance models list
        stance models list --json
      """)

  @Flag(
    help: "Print JSON, for programs: licence, SHA-256 and place of publication too.")
  var json = false

  func run() throws {
    let listing = ModelListing(of: ModelStore())
    try Console.write(json ? listing.json.readableText + "\n" : listing.text)
  }
}
