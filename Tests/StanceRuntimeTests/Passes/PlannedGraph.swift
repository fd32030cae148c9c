import StanceGraph
import StanceTensors
import Testing

@testable import StanceRuntime

/// What an engine makes of a graph whose inputs have the shapes that the graph says.
struct PlannedGraph {
  let graph: Graph
  let compiled: CompiledGraph
  let plan: Plan

  init(_ graph: Graph, _ options: EngineOptions = EngineOptions(engine: .best)) throws {
    self.graph = graph
    compiled = try CompiledGraph(graph, options: options)
    plan = try compiled.plan(inputs: graph.inputs.map { graph[$0].shape })
  }

  /// The operators of each step in order, for instance `["CONV_2D RELU", "MEAN"]`.
  var steps: [String] {
    plan.steps.map { planned in
      (planned.fused + [planned.step]).map(\.operation.name).joined(separator: " ")
    }
  }

  /// Where a value begins in the arena; nil where it has no memory.
  func offset(_ id: ValueID) -> Int? { plan.offsets[id.index] }

  /// The outputs of two runs on different random inputs.
  func outputs(threads: Int = 1) throws -> [Tensor] {
    let interpreter = Interpreter(compiled, threads: threads)
    try interpreter.allocateTensors()
    return try (1...2).flatMap { run in
      for (position, details) in interpreter.inputs.enumerated() {
        let input = try Tensor.random(
          details.shape, details.elementType, quantization: details.quantization,
          seed: run * 1000 + position)
        try interpreter.setInput(input, at: position)
      }
      try interpreter.invoke()
      return try interpreter.outputs.indices.map { try interpreter.output(at: $0) }
    }
  }
}

extension Engine {
  /// All that this machine has.
  static let best = Engine.fast(InstructionSet.available)

  /// Up to each instruction set that this machine has.
  static let fastOnes = InstructionSet.available.map {
    Engine.fast(InstructionSet.available(upTo: $0))
  }
}

extension Graph {
  /// The same graph with one output more, so that the value must be there by itself.
  func showing(_ ids: ValueID...) -> Graph {
    var graph = self
    graph.outputs += ids
    return graph
  }
}

/// Expects the same bits of a graph's outputs whatever is fused and wherever values lie, for one to
/// three threads and each instruction set, and what the plain kernels give: the same bytes, or
/// floats within `tolerance` of the largest.
///
/// - Returns: how many elements were compared, at least 1.
@discardableResult
func expectUnchanged(
  _ graph: Graph, tolerance: Float = 1e-5, _ comment: Comment? = nil,
  sourceLocation: SourceLocation = #_sourceLocation
) throws -> Int {
  let plainest = EngineOptions(engine: .reference, plansMemory: false)
  let expected = try PlannedGraph(graph, plainest).outputs()
  var compared = 0
  for engine in Engine.fastOnes {
    let plain = EngineOptions(engine: engine, fusesOperators: false, plansMemory: false)
    let unplanned = try PlannedGraph(graph, plain).outputs()
    for (fuses, plans) in [(false, true), (true, false), (true, true)] {
      let options = EngineOptions(engine: engine, fusesOperators: fuses, plansMemory: plans)
      let planned = try PlannedGraph(graph, options)
      for threads in 1...3 {
        let outputs = try planned.outputs(threads: threads)
        #expect(
          outputs == unplanned,
          "\(comment?.rawValue ?? "") \(engine), fuses: \(fuses), plans: \(plans), \(threads)",
          sourceLocation: sourceLocation)
        compared += outputs.map(\.shape.elementCount).reduce(0, +)
      }
    }
    #expect(unplanned.count == expected.count, sourceLocation: sourceLocation)
    for (actual, expected) in zip(unplanned, expected) {
      let isNear = try actual.agrees(with: expected, tolerance: tolerance)
      #expect(isNear, "\(comment?.rawValue ?? "") \(engine)", sourceLocation: sourceLocation)
    }
  }
  #expect(compared > 0, sourceLocation: sourceLocation)
  return compared
}

/// Expects the same bits of the first output of both graphs, with each instruction set.
func expectSameFirstOutput(
  _ graph: Graph, _ other: Graph, sourceLocation: SourceLocation = #_sourceLocation
) throws {
  for engine in Engine.fastOnes {
    let options = EngineOptions(engine: engine)
    let outputs = try [graph, other].map { try PlannedGraph($0, options).outputs() }
    #expect(outputs[0][0] == outputs[1][0], "\(engine)", sourceLocation: sourceLocation)
  }
}

extension Tensor {
  /// Whether bytes are equal, or floats within `tolerance` of the largest expected one.
  func agrees(with expected: Tensor, tolerance: Float) throws -> Bool {
    guard elementType == .float32, shape == expected.shape else { return self == expected }
    let pairs = zip(try elements(as: Float.self), try expected.elements(as: Float.self))
    let largest = try expected.elements(as: Float.self).map(\.magnitude).max() ?? 0
    return pairs.allSatisfy { ($0 - $1).magnitude <= tolerance * largest || $0 == $1 }
  }
}
