import StanceGraph
import StanceTensors
import Testing

@testable import StanceRuntime

/// Layers whose windows reach so far that a fast kernel would need more memory than anybody has.
@Suite struct ScratchTests {
  private static let far = Steps(height: 4095, width: 4095)

  @Test(arguments: [ElementType.float32, .uint8], [(3, 3), (600_000, 1)])
  func farTapsTakeNoMemory(_ type: ElementType, _ kernel: (height: Int, width: Int)) throws {
    var builder = GraphBuilder()
    let x = builder.picture([1, 8, 8, 1], type)
    let weights = try builder.random(
      [1, kernel.height, kernel.width, 1], type, quantization: type.activations)
    let window = Convolution(padding: .same, dilation: Self.far)
    let layer = builder.layer(
      .depthwiseConvolution(DepthwiseConvolution(depthMultiplier: 1, window: window)),
      [x, weights, nil], type)
    builder.output(layer)
    let expected = try PlannedGraph(builder.graph, EngineOptions(engine: .reference)).outputs()
    for precision in [FloatPrecision.float32, .bfloat16] {
      let options = EngineOptions(engine: .best, precision: precision)
      let planned = try PlannedGraph(builder.graph, options)
      #expect(planned.plan.scratchByteCount <= KernelPlanner.mostScratch)
      let outputs = try planned.outputs(threads: 2)
      #expect(outputs.count == 2)
      for (actual, expected) in zip(outputs, expected) {
        let tolerance: Float = precision == .float32 ? 1e-5 : 1e-2
        #expect(try actual.agrees(with: expected, tolerance: tolerance))
      }
    }
  }
}
