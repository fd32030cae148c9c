import StanceGraph
import StanceTensors
import Testing

@testable import StanceRuntime

/// All passes at once on networks of everything.
@Suite struct NetworkPlanTests {
  @Test(arguments: [ElementType.float32, .uint8, .int8])
  func randomNetworksAreUnchanged(_ type: ElementType) throws {
    var (compared, steps, operators) = (0, 0, 0)
    for seed in 1...40 {
      let graph = try RandomNetwork.graph(seed: seed, type)
      compared += try expectUnchanged(graph, tolerance: 1e-4, "seed \(seed)")
      operators += graph.nodes.count
      steps += try PlannedGraph(graph).steps.count
    }
    #expect(compared > 100_000)
    // There was something to leave out.
    #expect(steps * 10 < operators * 9, "\(steps) of \(operators)")
  }

  @Test func bfloat16IsTheSameBitsForAnyPlan() throws {
    var compared = 0
    for seed in 1...20 {
      let graph = try RandomNetwork.graph(seed: seed, .float32)
      for engine in Engine.fastOnes {
        var options = EngineOptions(engine: engine, precision: .bfloat16, plansMemory: false)
        let unplanned = try PlannedGraph(graph, options).outputs()
        options.plansMemory = true
        let planned = try PlannedGraph(graph, options)
        for threads in 1...3 {
          #expect(try planned.outputs(threads: threads) == unplanned, "seed \(seed) \(engine)")
        }
        compared += unplanned.map(\.shape.elementCount).reduce(0, +)
      }
    }
    #expect(compared > 1000)
  }
}
