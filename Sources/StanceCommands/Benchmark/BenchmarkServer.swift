import StanceRuntime

/// Measures when it is told to, so that another program can alternate between runtimes without
/// starting a process each time.
///
/// It reads a request a line and answers each with a line of JSON:
///
///     (at first)    {"load_ms":12.3,"instruction_set":"avx512vnni"}
///     run 20        {"times_ms":[3.2,3.1,...]}
///     write FOLDER  {"files":["FOLDER/output_0.npy",...]}, the outputs of the last run
///     other text    {"error":"..."}
///
/// and ends with its input.
struct BenchmarkServer {
  let benchmark: Benchmark

  func serve(
    requests: () -> String? = { readLine() }, answer: (String) throws -> Void
  ) throws {
    try answer(
      line([
        ("load_ms", .milliseconds(benchmark.loadTime)),
        ("instruction_set", .string(benchmark.engine.bestInstructionSet)),
      ]))
    while let request = requests() {
      do {
        try answer(line(try response(to: request)))
      } catch let error as OutputClosed {
        throw error
      } catch {
        try answer(line([("error", .string(explanation(of: error)))]))
      }
    }
  }

  private func response(to request: String) throws -> [(String, JSONValue)] {
    let words = request.split(separator: " ", maxSplits: 1)
    switch (words.first, words.dropFirst().first) {
    case ("run", let text?):
      guard let runs = Int(text), Benchmark.Options.runRange.contains(runs) else { break }
      return [("times_ms", .array(try benchmark.measure(runs: runs).map(JSONValue.milliseconds)))]
    case ("write", let folder?):
      try OutputFolder.make(String(folder))
      let files = try OutputArrays.write(benchmark.interpreter, to: String(folder))
      return [("files", .array(files.map { .string($0.path) }))]
    default: break
    }
    throw CommandError.usage("the request \"\(request)\" is neither `run N` nor `write FOLDER`")
  }

  private func line(_ members: [(String, JSONValue)]) -> String {
    JSONValue.object(members).compactText + "\n"
  }
}
