import ArgumentParser
import StanceKit

/// `stance models path`: where a model lies.
struct ModelPathCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "path",
    abstract: "Prints the path of a model's file.",
    discussion: """
      Examples:
        stance models path pose_landmark_full
      """)

  @Argument(help: ArgumentHelp("The model.", valueName: "name"))
  var name: String

  func run() throws {
    let store = ModelStore()
    let name = try ModelStore.name(name)
    guard store.holds(name) else { throw store.missing(name) }
    try Console.write(store.path(of: name) + "\n")
  }
}
