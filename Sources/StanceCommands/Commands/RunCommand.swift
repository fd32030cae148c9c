import ArgumentParser
import StanceFormats
import StanceGraph
import StanceKit
import StanceRuntime
import StanceTensors

/// `stance run`: any model on NumPy arrays.
struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Runs a model on NumPy arrays and writes its outputs as NumPy arrays.",
    discussion: """
      An array's type and shape must be the input's own. Outputs are written as output_0.npy, \
      output_1.npy, ... in the model's output order; quantised ones keep their integers.

      Examples:
        stance run posenet.tflite --input image.npy --output-dir out
        stance run posenet.tflite --input big.npy --resize --output-dir out
        stance run posenet_mobilenet_v1_075_353_481_decoder \\
          --input float_heatmaps=h.npy --input float_short_offsets=s.npy \\
          --input float_mid_offsets=m.npy --output-dir out
      """)

  @Argument(
    help: ArgumentHelp(
      "A .tflite file, or the name of one in the model folder.", valueName: "model"),
    completion: .file(extensions: ["tflite"]))
  var model: String

  @Option(
    help: ArgumentHelp(
      "An array for an input, by the input's name or else in the model's order. Repeat it for each.",
      valueName: "[name=]x.npy"),
    completion: .file(extensions: ["npy"]))
  var input: [String] = []

  @Option(
    help: ArgumentHelp("Where the outputs go; made if it does not exist.", valueName: "folder"),
    completion: .directory)
  var outputDir: String

  @Option(help: FloatPrecision.help)
  var precision: FloatPrecision = .float32

  @Flag(help: "Give each input the shape of its array.")
  var resize = false

  @Option(
    help: ArgumentHelp(
      "Threads; more than two a processor core count as two. Results are the same for any number. "
        + "(default: one a core)",
      valueName: "number"))
  var threads: Int?

  func validate() throws {
    if let threads, threads < 1 {
      throw ValidationError("--threads is \(threads); it must be 1 or more")
    }
  }

  func run() throws {
    TemporaryFiles.shared.removeOnInterrupt()
    let file = try ModelFile(path: try ModelFolder.file(model))
    let interpreter = try explaining(nil, of: file) {
      let division = Estimation.division(
        ofThreads: threads, cores: Processors.count, pictures: 1)
      return Interpreter(
        try CompiledGraph(
          file.model.graph, customOperators: .poses, options: EngineOptions(precision: precision)),
        threads: division.threadsEach)
    }
    try precision.warnWhereSlow()
    let inputs = try InputArrays(input, of: file.model)
    try inputs.check(
      fit: interpreter.inputs, canResize: resize,
      advice: "reshape the array, or give the input its shape with --resize")
    if resize {
      for (position, array) in inputs.arrays.enumerated() {
        try interpreter.resizeInput(at: position, to: array.shape)
      }
    }
    try explaining(inputs, of: file) { try interpreter.allocateTensors() }
    try inputs.set(in: interpreter)
    try OutputFolder.make(outputDir)
    try explaining(inputs, of: file) { try interpreter.invoke() }
    try writeOutputs(of: interpreter)
  }

  /// Runs `body`; an error that the arrays' new shapes lead to is told of them, any other of the
  /// model's file.
  private func explaining<Result>(
    _ inputs: InputArrays?, of file: ModelFile, _ body: () throws -> Result
  ) throws -> Result {
    do {
      return try body()
    } catch let error as RuntimeError where error.code != .invalidOption {
      let graph = file.model.graph
      let arrays = inputs?.arrays ?? []
      let resized = arrays.indices.filter { arrays[$0].shape != graph[graph.inputs[$0]].shape }
      guard let inputs, let first = resized.first, error.code != .tooLarge else {
        throw RuntimeError(error.code, "\(file.path): \(error)")
      }
      let texts = resized.map {
        "the array of shape \(arrays[$0].shape) for input \"\(graph[graph.inputs[$0]].name)\""
      }
      throw CommandError.usage(
        "\(inputs.paths[first]): \(texts.joined(separator: " and ")) "
          + "\(texts.count == 1 ? "does" : "do") not suit the model: \(error)")
    }
  }

  private func writeOutputs(of interpreter: Interpreter) throws {
    var table = TextTable(columns: [
      ("file", .left), ("name", .left), ("type", .left), ("shape", .left),
    ])
    for (path, details) in try OutputArrays.write(interpreter, to: outputDir) {
      table.append([
        printable(path), printable(details.name), details.elementType.rawValue, "\(details.shape)",
      ])
    }
    try Console.write(table.text())
  }
}
