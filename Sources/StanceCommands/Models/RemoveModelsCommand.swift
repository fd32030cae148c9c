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

      Exit codes: 0 done, 1 some cannot be removed, 2 wrong usage, 3 no such model.
      """)

  @Argument(help: ArgumentHelp("The models.", valueName: "name"))
  var names: [String]

  func run() throws {
    let store = ModelStore()
    var failures = ModelFailures()
    let names = try ModelStore.distinctNames(self.names)
    for name in names {
      do {
        try store.remove(name)
        try Console.write("\(name) is removed\(advice(for: name))\n")
      } catch let error as KitError {
        failures.add(error)
      }
    }
    try failures.finish(of: names.count)
  }

  private func advice(for name: String) -> String {
    let model = ModelCatalogue.model(named: ModelCatalogue.defaultModel)
    guard let model, ([model.name] + model.companions).contains(name) else { return "" }
    return "; estimating without --model needs it: `stance models fetch \(name)` brings it back"
  }
}
