import Dispatch
import StanceGraph
import StanceRuntime
import Synchronization

/// A graph compiled once for all estimators, with the file that errors name.
struct Network: Sendable {
  private let compiled: CompiledGraph
  private let path: String

  /// - Throws: `RuntimeError` that names the file, where the graph cannot run.
  init(_ graph: Graph, path: String, precision: FloatPrecision) throws {
    compiled = try naming(model: path) {
      try CompiledGraph(
        graph, customOperators: .poses, options: EngineOptions(precision: precision))
    }
    self.path = path
  }

  /// Packs the weights of several networks at the same time.
  /// - Throws: `RuntimeError` that names the file of the first one that cannot be prepared.
  static func prepare(_ networks: [Network]) throws {
    let failures = Mutex([(any Error)?](repeating: nil, count: networks.count))
    DispatchQueue.concurrentPerform(iterations: networks.count) { index in
      let network = networks[index]
      do {
        try naming(model: network.path) { try network.compiled.prepare() }
      } catch {
        failures.withLock { $0[index] = error }
      }
    }
    if let failure = failures.withLock({ $0.compactMap { $0 }.first }) { throw failure }
  }

  /// An interpreter that can be given its inputs.
  /// - Parameter threads: that compute one run.
  /// - Throws: `RuntimeError` that names the file.
  func makeInterpreter(threads: Int) throws -> Interpreter {
    try naming(model: path) {
      let interpreter = Interpreter(compiled, threads: threads)
      try interpreter.allocateTensors()
      return interpreter
    }
  }
}

/// Runs `body`; an error of the runtime that it throws names the model's file first.
private func naming<Result>(model path: String, _ body: () throws -> Result) throws -> Result {
  do {
    return try body()
  } catch let error as RuntimeError where error.code != .invalidOption {
    throw RuntimeError(error.code, "\(path): \(error)")
  }
}
