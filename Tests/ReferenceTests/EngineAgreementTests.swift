import StanceFormats
import StanceKit
import StanceRuntime
import StanceTensors
import StanceTestSupport
import Testing

/// The whole of BlazePose's networks, planned and fused, beside the plain kernels.
@Suite(.enabled(if: DefaultModel.isPresent, "needs the default model"))
struct EngineAgreementTests {
  static let variants: [EngineOptions] = [true, false].flatMap { fuses in
    [true, false].map { plans in
      EngineOptions(fusesOperators: fuses, plansMemory: plans)
    }
  }

  @Test(arguments: ["pose_detection.tflite", "pose_landmark_full.tflite"], variants)
  func blazePose(_ file: String, _ options: EngineOptions) throws {
    let graph = try ModelReader.read(contentsOf: try ModelFolder.file(file)).graph
    let expected = try outputs(
      of: CompiledGraph(graph, options: EngineOptions(engine: .reference)))
    let actual = try outputs(of: CompiledGraph(graph, options: options))
    #expect(actual.count == expected.count && !expected.isEmpty)
    for (index, pair) in zip(actual, expected).enumerated() {
      let values = Array(zip(try pair.0.realElements(), try pair.1.realElements()))
      let largest = values.map { abs($0.1) }.max() ?? 0
      let worst = values.map { abs($0.0 - $0.1) }.max() ?? .infinity
      #expect(worst <= 1e-4 * largest + 1e-6, "output \(index): \(worst) of \(largest)")
    }
  }

  private func outputs(of compiled: CompiledGraph) throws -> [Tensor] {
    let interpreter = Interpreter(compiled, threads: 2)
    try interpreter.allocateTensors()
    let shape = interpreter.inputs[0].shape
    // A picture of smooth waves: noise would be amplified by the networks.
    let picture = (0..<shape.elementCount).map { index in
      let (x, y) = (index / 3 % shape[2], index / 3 / shape[2])
      return Float((x * (index % 3 + 1) + y * 2) % 64) / 64
    }
    try interpreter.setInput(try Tensor(picture, shape: shape), at: 0)
    try interpreter.invoke()
    return try interpreter.outputs.indices.map { try interpreter.output(at: $0) }
  }
}
