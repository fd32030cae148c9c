import StanceGraph
import StanceRuntime
import StanceTensors
import Testing

/// Whatever numbers the operands hold, an operator runs or throws.
@Suite struct MovementRobustnessTests {
  @Test(arguments: [false, true])
  func hostileNumbersNeverTrap(areInputs: Bool) throws {
    var random = HostileNumbers(seed: areInputs ? 1 : 2)
    var (ran, threw) = (0, 0)
    var missing: Set<String> = []
    for _ in 0..<20_000 {
      let (graph, operands) = HostileGraph.make(areInputs: areInputs, &random)
      do {
        let interpreter = try Interpreter(graph: graph, memoryLimit: 1 << 16)
        try interpreter.allocateTensors()
        for (position, operand) in operands.enumerated() {
          try interpreter.setInput(operand, at: position)
        }
        try interpreter.invoke()
        for position in graph.outputs.indices { _ = try interpreter.output(at: position) }
        ran += 1
      } catch let error as RuntimeError {
        if error.code == .missingOperators { missing.insert(error.description) }
        threw += 1
      }
    }
    #expect(missing.isEmpty)
    #expect(ran > 1000 && threw > 1000, "\(ran) ran and \(threw) threw")
  }

  @Test func indicesOutsideAreErrors() throws {
    for indices: [Int32] in [[0, 4], [-1], [.max], [.min]] {
      var builder = GraphBuilder()
      let x = builder.input("x", [4])
      let places = builder.integers(indices)
      builder.output(builder.node(.gather(Gather(axis: 0)), [x, places], "y"))
      let tuples = builder.integers(indices, [indices.count, 1])
      builder.output(builder.node(.gatherND, [x, tuples], "z"))
      for (index, name) in ["GATHER", "GATHER_ND"].enumerated() {
        var graph = builder.graph
        graph.nodes = [graph.nodes[index]]
        graph.outputs = [graph.outputs[index]]
        let interpreter = try Interpreter(graph: graph)
        try interpreter.allocateTensors()
        expect(.operatorFailed, "operator 0 (\(name))") { try interpreter.invoke() }
      }
    }
  }
}

/// Small numbers mostly, and the largest and smallest there are.
struct HostileNumbers: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
    return z ^ z >> 31
  }

  mutating func number() -> Int64 {
    guard Int.random(in: 0..<12, using: &self) == 0 else {
      return .random(in: -2...4, using: &self)
    }
    let extremes: [Int64] = [
      .min, .max, .min + 1, .max - 1, Int64(Int32.min), Int64(Int32.max), 1 << 54, 1 << 55, 1 << 62,
    ]
    return extremes.randomElement(using: &self) ?? 0
  }

  mutating func numbers(_ count: Int) -> [Int64] { (0..<count).map { _ in number() } }
}
