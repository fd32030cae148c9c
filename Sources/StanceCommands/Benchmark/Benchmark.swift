import StanceFormats
import StanceGraph
import StanceKit
import StanceRuntime

/// A model made ready to be measured.
struct Benchmark {
  struct Options: Hashable {
    var threads = 1
    var precision = FloatPrecision.float32
    var runs = 100
    /// NumPy arrays for the inputs, as `stance run` takes them; none for random numbers.
    var inputs: [String] = []

    static let runRange = 1...1_000_000
  }

  let path: String
  let options: Options
  let engine: Engine
  let interpreter: Interpreter
  /// From opening the file until the first run could begin, in seconds.
  let loadTime: Double

  /// - Throws: an error that names the file.
  init(path: String, options: Options) throws {
    let begin = ContinuousClock.now
    let model = try ModelReader.read(contentsOf: path)
    let engine = try Engine.standard
    interpreter = try Benchmark.naming(path) {
      let interpreter = Interpreter(
        try CompiledGraph(
          model.graph, customOperators: .poses,
          options: EngineOptions(engine: engine, precision: options.precision)),
        threads: options.threads)
      try interpreter.allocateTensors()
      return interpreter
    }
    loadTime = (ContinuousClock.now - begin) / .seconds(1)
    self.path = path
    self.options = options
    self.engine = engine
    try setInputs(of: model)
  }

  private func setInputs(of model: Model) throws {
    guard options.inputs.isEmpty else {
      let inputs = try InputArrays(options.inputs, of: model)
      try inputs.check(
        fit: interpreter.inputs, canResize: false, advice: "give an array of that shape")
      return try inputs.set(in: interpreter)
    }
    var random = RandomTensors()
    for (position, details) in interpreter.inputs.enumerated() {
      try interpreter.setInput(try random.next(for: details), at: position)
    }
  }

  /// Runs the model as often as asked, after some runs that do not count.
  /// - Returns: the seconds that each run took.
  func measure(runs: Int) throws -> [Double] {
    try Benchmark.naming(path) {
      for _ in 0..<Self.warmUpRuns { try interpreter.invoke() }
      return try (0..<runs).map { _ in
        let begin = ContinuousClock.now
        try interpreter.invoke()
        return (ContinuousClock.now - begin) / .seconds(1)
      }
    }
  }

  private static let warmUpRuns = 3

  /// Runs, profile, and the machine's peaks for what the model multiplies.
  func report() throws -> BenchmarkReport {
    let times = try measure(runs: options.runs)
    let steps = try Benchmark.naming(path) { try interpreter.profile(runs: options.runs) }
    let factors = Set(steps.compactMap { $0.multiplyAdds ?? 0 > 0 ? $0.factors : nil })
    return BenchmarkReport(
      path: path, options: options, engine: engine, loadTime: loadTime,
      times: Durations(times),
      peaks: FactorType.allCases.filter(factors.contains).map {
        PeakRate.measured($0, engine: engine, threads: options.threads)
      },
      steps: steps.map(StepReport.init))
  }

  private static func naming<Result>(_ path: String, _ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch let error as RuntimeError where error.code != .invalidOption {
      throw RuntimeError(error.code, "\(path): \(error)")
    }
  }
}

/// What of several measurements is worth telling, in seconds.
struct Durations: Hashable {
  let minimum: Double
  let median: Double

  /// - Parameter times: one at least.
  init(_ times: [Double]) {
    let sorted = times.sorted()
    minimum = sorted.first ?? 0
    let middle = sorted.count / 2
    median =
      sorted.isEmpty
      ? 0
      : sorted.count.isMultiple(of: 2) ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
  }
}
