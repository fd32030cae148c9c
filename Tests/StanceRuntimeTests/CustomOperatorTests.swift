import StanceGraph
import StanceRuntime
import StanceTensors
import Testing

@Suite struct CustomOperatorTests {
  /// Each element as often as the option byte says; of negative ones nothing is left.
  struct Repeat: CustomOperator {
    static let name = "Repeat"
    let count: Int

    init(options: Bytes) throws {
      guard options.count == 1 else { throw GraphError("needs one option byte") }
      count = options.withUnsafeBytes { Int($0[0]) }
    }

    func run(inputs: [Tensor?], outputs: [TensorDetails]) throws -> [Tensor] {
      guard let x = inputs.first.flatMap({ $0 }) else { throw GraphError("needs x") }
      let elements = try x.elements(as: Float.self).filter { $0 >= 0 }
      return [try .floats(elements.flatMap { Array(repeating: $0, count: count) })]
    }
  }

  /// Gives what it was not asked for.
  struct Careless: CustomOperator {
    static let name = "Careless"
    let results: Int

    init(options: Bytes) { results = options.count }

    func run(inputs: [Tensor?], outputs: [TensorDetails]) throws -> [Tensor] {
      try (0..<results).map { _ in try Tensor([1] as [Int32], shape: [1]) }
    }
  }

  private var registry: CustomOperatorRegistry {
    var registry = CustomOperatorRegistry()
    registry.register(Repeat.self)
    registry.register(Careless.self)
    return registry
  }

  private func graph(_ name: String, options: [UInt8]) -> Graph {
    var builder = GraphBuilder()
    let x = builder.input("x", [3])
    let custom = Operation.custom(CustomOperation(name: name, options: Bytes(options)))
    let repeated = builder.node(custom, [x, nil], "repeated")
    let axis = builder.integers([0])
    builder.output(builder.node(.expandDimensions, [repeated, axis], "y"))
    return builder.graph
  }

  @Test func resultsHaveTheShapesThatTheOperatorGives() throws {
    let interpreter = try Interpreter(
      graph: graph("Repeat", options: [2]), customOperators: registry)
    try interpreter.allocateTensors()
    try interpreter.setInput(.floats([1, -2, 3]), at: 0)
    try interpreter.invoke()
    #expect(try interpreter.output(at: 0) == .floats([1, 1, 3, 3], [1, 4]))
    try interpreter.setInput(.floats([-1, -1, 5]), at: 0)
    try interpreter.invoke()
    #expect(try interpreter.output(at: 0) == .floats([5, 5], [1, 2]))
    try interpreter.setInput(.floats([-1, -1, -1]), at: 0)
    try interpreter.invoke()
    #expect(try interpreter.output(at: 0).shape == [1, 0])
  }

  @Test func anUnregisteredOperatorIsMissing() {
    let graph = graph("Repeat", options: [2])
    expect(.missingOperators, "Repeat version 1") { _ = try Interpreter(graph: graph) }
  }

  @Test func badOptionsAreAnErrorThatNamesTheOperator() {
    let graph = graph("Repeat", options: [])
    expect(.unsupportedModel, "operator 0 (Repeat): needs one option byte") {
      _ = try Interpreter(graph: graph, customOperators: registry)
    }
  }

  @Test(arguments: [(1, "gave int32 for \"repeated\""), (0, "gave 0 results of 1")])
  func carelessResultsAreErrors(_ results: Int, _ text: String) throws {
    let graph = graph("Careless", options: [UInt8](repeating: 0, count: results))
    let interpreter = try Interpreter(graph: graph, customOperators: registry)
    try interpreter.allocateTensors()
    expect(.operatorFailed, text) { try interpreter.invoke() }
  }

  @Test func largeResultsAreLimited() throws {
    let interpreter = try Interpreter(
      graph: graph("Repeat", options: [200]), customOperators: registry, memoryLimit: 1000)
    try interpreter.allocateTensors()
    try interpreter.setInput(.floats([1, 2, 3]), at: 0)
    expect(.tooLarge, "operator 0 (Repeat)") { try interpreter.invoke() }
  }
}
