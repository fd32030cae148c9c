import ArgumentParser
import Foundation
import StanceKit

/// `stance models add`: gives a model file a name.
struct AddModelCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add",
    abstract: "Copies a model file into the model folder, to be called by name.",
    discussion: """
      A name of the catalogue is taken for that very file alone, where its SHA-256 is known.

      Examples:
        stance models add posenet.tflite
        stance models add ~/Downloads/4.tflite --name movenet_thunder_int8
      """)

  @Argument(
    help: ArgumentHelp("A .tflite file.", valueName: "file"),
    completion: .file(extensions: ["tflite"]))
  var file: String

  @Option(
    help: ArgumentHelp("What to call it. (default: the file's name)", valueName: "name"))
  var name: String?

  func run() throws {
    let name = try ModelStore.name(name ?? URL(fileURLWithPath: file).lastPathComponent)
    let arrival = try ModelStore().add(file, as: name)
    try Console.write(
      "\(name) \(arrival.wasPresent ? "is here already" : "is here now"): "
        + "\(printable(arrival.path))\n")
  }
}
