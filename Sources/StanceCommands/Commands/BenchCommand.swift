import ArgumentParser
import StanceKit
import StanceRuntime

/// `stance bench`: how fast models run.
struct BenchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench",
    abstract: "Measures how fast models run, operator by operator.",
    discussion: """
      Inputs are random numbers, the same each time, or arrays. The shares of the machine's peak \
      are of what a loop of multiply-adds in registers reaches at that moment on as many threads; \
      weights that are zero count, so that a kernel that leaves them out may be above it.

      Examples:
        stance bench pose_landmark_full
        stance bench posenet.tflite movenet.tflite --threads 1 --json
        stance bench posenet.tflite --precision bfloat16 --runs 500
      """)

  @Argument(
    help: ArgumentHelp(
      "The .tflite files, or the names of some in the model folder.", valueName: "model"),
    completion: .file(extensions: ["tflite"]))
  var models: [String]

  @Option(
    help: ArgumentHelp(
      "Threads that compute a run, at most two a processor core. (default: one a core)",
      valueName: "number"))
  var threads: Int?

  @Option(help: FloatPrecision.help)
  var precision: FloatPrecision = .float32

  @Option(
    help: ArgumentHelp(
      "How many runs are measured, and as many again step by step.", valueName: "number"))
  var runs = 100

  @Option(
    help: ArgumentHelp(
      "An array for an input of the one model, as for `stance run`. Repeat it for each.",
      valueName: "[name=]x.npy"),
    completion: .file(extensions: ["npy"]))
  var input: [String] = []

  @Flag(help: "Print JSON, for programs: an object, or an array for several models.")
  var json = false

  /// See ``BenchmarkServer``.
  @Flag(help: ArgumentHelp("Run the one model as standard input asks.", visibility: .hidden))
  var serve = false

  func validate() throws {
    if let threads, threads < 1 {
      throw ValidationError("--threads is \(threads); it must be 1 or more")
    }
    if !Benchmark.Options.runRange.contains(runs) {
      throw ValidationError(
        "--runs is \(runs); it must be from 1 to \(Benchmark.Options.runRange.upperBound)")
    }
    if models.count > 1, serve || !input.isEmpty {
      throw ValidationError("\(serve ? "--serve" : "--input") needs one model alone")
    }
  }

  func run() throws {
    let division = Estimation.division(ofThreads: threads, cores: Processors.count, pictures: 1)
    let options = Benchmark.Options(
      threads: division.threadsEach, precision: precision, runs: runs, inputs: input)
    guard models.count > 1 else {
      let benchmark = try Benchmark(path: try ModelFolder.file(models[0]), options: options)
      if serve { return try BenchmarkServer(benchmark: benchmark).serve(answer: Console.write) }
      let report = try benchmark.report()
      return try Console.write(json ? report.json.readableText + "\n" : report.text)
    }
    try measureAll(options)
  }

  /// A model that cannot be measured is reported and passed over.
  private func measureAll(_ options: Benchmark.Options) throws {
    var reports: [BenchmarkReport] = []
    for model in models {
      do {
        let report = try Benchmark(path: try ModelFolder.file(model), options: options).report()
        if !json { try Console.write((reports.isEmpty ? "" : "\n") + report.text) }
        reports.append(report)
      } catch let error as OutputClosed {
        throw error
      } catch {
        Console.writeError("stance: \(printable(explanation(of: error)))\n")
      }
    }
    if json { try Console.write(JSONValue.array(reports.map(\.json)).readableText + "\n") }
    if reports.count < models.count { throw ExitStatus.failed }
  }
}
