import StanceFormats
import StanceRuntime
import StanceTensors
import StanceTestSupport
import Testing

/// Whole networks give the same bits wherever their values lie, whatever is done in one kernel, and
/// whoever computes it.
@Suite struct PlannedModelsTests {
  @Test(arguments: ShippedModel.all)
  func planningChangesNoBit(_ model: ShippedModel) throws {
    let graph = try ModelReader.read(contentsOf: model.path).graph
    do {
      _ = try CompiledGraph(graph)
    } catch let error as RuntimeError where error.code == .missingOperators {
      try Test.cancel("\(error)")
    }
    func outputs(fuses: Bool = true, plans: Bool = true, threads: Int = 1) throws -> [Tensor] {
      let options = EngineOptions(fusesOperators: fuses, plansMemory: plans)
      return try run(try CompiledGraph(graph, options: options), threads: threads)
    }
    let expected = try outputs(plans: false)
    #expect(expected.contains { $0.shape.elementCount > 1 })
    for threads in 1...3 {
      #expect(try outputs(threads: threads) == expected, "\(threads) threads")
    }
    let apart = try outputs(fuses: false, plans: false)
    if graph.values.contains(where: { $0.sparsity != nil }) {
      // Where sparse weights are fused with their neighbours, sums are added in another order.
      for (one, other) in zip(apart, expected) {
        let (one, other) = (try one.elements(as: Float.self), try other.elements(as: Float.self))
        let largest = other.reduce(0) { max($0, abs($1)) }
        let difference = zip(one, other).reduce(0) { max($0, abs($1.0 - $1.1)) }
        #expect(difference <= 1e-5 * largest, "operators apart: \(difference) of \(largest)")
      }
    } else {
      #expect(apart == expected, "operators apart")
    }
  }

  /// Twice, so that what a former run left in memory would show.
  private func run(_ compiled: CompiledGraph, threads: Int) throws -> [Tensor] {
    let interpreter = Interpreter(compiled, threads: threads)
    try interpreter.allocateTensors()
    return try (0..<2).flatMap { run in
      for (position, details) in interpreter.inputs.enumerated() {
        try interpreter.setInput(try picture(details, shift: run * 9), at: position)
      }
      try interpreter.invoke()
      return try interpreter.outputs.indices.map { try interpreter.output(at: $0) }
    }
  }

  /// Smooth waves: noise would be amplified by the networks.
  private func picture(_ details: TensorDetails, shift: Int) throws -> Tensor {
    let width = details.shape.rank > 2 ? details.shape[2] : 1
    let levels = (0..<details.shape.elementCount).map { index in
      let (x, y) = (index / 3 % width, index / 3 / width)
      return (x * (index % 3 + 1) + y * 2 + shift) * 4 % 256
    }
    switch details.elementType {
    case .uint8:
      return try Tensor(
        levels.map { UInt8($0) }, shape: details.shape, quantization: details.quantization)
    case .int8:
      return try Tensor(
        levels.map { Int8($0 - 128) }, shape: details.shape, quantization: details.quantization)
    case .int32: return try Tensor(levels.map { Int32($0) }, shape: details.shape)
    default: return try Tensor(levels.map { Float($0) / 256 }, shape: details.shape)
    }
  }
}
