import ArgumentParser
import StanceKit

/// `stance models remove`: deletes models.
struct RemoveModelsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "remove",
    abstract: "Deletes models from the model folder.",
    discussion: """
      What was recorded of them and what an unfinished fetch has left go with them.

      Examples:
        stance models remove movenet_lightning_int8
      """)

  @Argument(help: ArgumentHelp("The models.", valueName: "name"))
  var names: [String]

  func run() throws {
    let store = ModelStore()
    var removed: [String] = []
    for name in try names.map({ try ModelStore.name($0) }) where !removed.contains(name) {
      try store.remove(name)
      removed.append(name)
      try Console.write("\(name) is removed\(advice(for: name))\n")
    }
  }

  private func advice(for name: String) -> String {
    let model = ModelCatalogue.model(named: ModelCatalogue.defaultModel)
    guard let model, ([model.name] + model.companions).contains(name) else { return "" }
    return "; estimating without --model needs it: `stance models fetch \(name)` brings it back"
  }
}
