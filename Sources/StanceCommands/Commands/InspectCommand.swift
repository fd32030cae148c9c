import ArgumentParser
import StanceKit

/// `stance inspect`: what a model file holds.
struct InspectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect",
    abstract: "Prints what a model holds: tensors, operators, figures, metadata.",
    discussion: """
      Works also on models with operators that cannot run here. Multiply-adds are those of \
      convolutions and matrix products.

      Examples:
        stance inspect pose_landmark_full
        stance inspect posenet.tflite --json > posenet.json
      """)

  @Argument(
    help: ArgumentHelp(
      "A .tflite file, or the name of one in the model folder.", valueName: "model"),
    completion: .file(extensions: ["tflite"]))
  var model: String

  @Flag(help: "Print JSON, for programs.")
  var json = false

  func run() throws {
    let report = ModelReport(try ModelFile(path: try ModelFolder.file(model)))
    try Console.write(json ? report.json.readableText + "\n" : report.text)
  }
}
