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

      With --html or --svg nothing is printed. The page needs no network and no other file: the \
      graph drawn, with each operator's options, tensors and weights, and tables that sort. The \
      drawing is the graph alone, for papers.

      Examples:
        stance inspect pose_landmark_full
        stance inspect posenet.tflite --json > posenet.json
        stance inspect posenet.tflite --html posenet.html --svg posenet.svg
      """)

  @Argument(
    help: ArgumentHelp(
      "A .tflite file, or the name of one in the model folder.", valueName: "model"),
    completion: .file(extensions: ["tflite"]))
  var model: String

  @Flag(help: "Print JSON, for programs.")
  var json = false

  @Option(
    help: ArgumentHelp("Write a page to look at in a browser.", valueName: "file.html"),
    completion: .file(extensions: ["html"]))
  var html: String?

  @Option(
    help: ArgumentHelp("Write a drawing of the graph.", valueName: "file.svg"),
    completion: .file(extensions: ["svg"]))
  var svg: String?

  func validate() throws {
    try check(html, option: "--html", endings: [".html", ".htm"])
    try check(svg, option: "--svg", endings: [".svg"])
    if json, html != nil || svg != nil {
      throw ValidationError("--json prints; it does not go with --html or --svg")
    }
  }

  func run() throws {
    let report = ModelReport(try ModelFile(path: try ModelFolder.file(model)))
    guard html != nil || svg != nil else {
      return try Console.write(json ? report.json.readableText + "\n" : report.text)
    }
    TemporaryFiles.shared.removeOnInterrupt()
    // Both are made before either is written.
    let picture = try svg.map { (path: $0, text: try drawing(of: report)) }
    let page = html.map { (path: $0, text: InspectionPage(report).text) }
    for file in [picture, page].compactMap({ $0 }) {
      try OutputFile.write(Array(file.text.utf8), to: file.path)
    }
  }

  private func check(_ path: String?, option: String, endings: [String]) throws {
    guard let path else { return }
    if path.isEmpty { throw ValidationError("\(option) cannot be empty") }
    guard endings.contains(where: path.lowercased().hasSuffix) else {
      throw ValidationError(
        "\(option) is \(path); name a file that ends with \(endings.joined(separator: " or "))")
    }
  }

  private func drawing(of report: ModelReport) throws -> String {
    guard let main = report.graphs.first, let drawing = GraphDrawing(main.graph) else {
      throw CommandError.failed("--svg: the graph has too many operators for a drawing")
    }
    return StandaloneDrawing(
      drawing: drawing.foldedForPaper(), multiplyAdds: main.operators.map(\.multiplyAdds),
      title: report.fileName
    ).text
  }
}
