import StanceTensors
import StanceTestSupport
import Testing

/// Whole networks beside what LiteRT's default kernels make of them.
@Suite(.enabled(if: SharedData.isPresent, "needs the shared data"))
struct NetworkTests {
  @Test(arguments: [
    "posenet-257-float-stride16/footballer", "posenet-257-float-stride16/squat",
    "posenet-257-float-stride32/footballer", "posenet-257-float-stride32/squat",
    "posenet-float-stride16-resized-353x481/test_couple",
    "posenet-float-stride16-resized-353x481/three_people",
  ])
  func floatPoseNet(_ name: String) throws {
    let reference = try ReferenceCase(name)
    let outputs = try reference.run()
    #expect(outputs.count == 4)
    for (index, output) in outputs.enumerated() {
      let expected = try reference.expectedOutput(index)
      #expect(output.shape == expected.shape)
      let pairs = Array(zip(try output.realElements(), try expected.realElements()))
      let largest = pairs.map { abs($0.1) }.max() ?? 0
      let worst = pairs.map { abs($0.0 - $0.1) }.max() ?? .infinity
      #expect(worst <= 1e-4 * largest, "output \(index): \(worst) of \(largest)")
    }
  }

  @Test(arguments: ["coral-353-481-quant/test_couple", "coral-353-481-quant/three_people"])
  func quantizedPoseNet(_ name: String) throws {
    let reference = try ReferenceCase(name)
    let outputs = try reference.run()
    #expect(outputs.count == 3)
    for (index, output) in outputs.enumerated() {
      let expected = try reference.expectedOutput(index).elements(as: UInt8.self)
      let actual = try output.elements(as: UInt8.self)
      #expect(actual.count == expected.count && expected.count > 10_000)
      let differences = zip(actual, expected).map { abs(Int($0) - Int($1)) }
      let share = Double(differences.count { $0 == 0 }) / Double(differences.count)
      #expect(share >= 0.999, "output \(index): \(share)")
      #expect(differences.max()! <= 1)
    }
  }

  @Test(arguments: ["movenet-lightning-ptq/footballer", "movenet-lightning-ptq/squat"])
  func moveNet(_ name: String) throws {
    let reference = try ReferenceCase(name)
    let output = try #require(try reference.run().first)
    let expected = try reference.expectedOutput(0)
    #expect(output.shape == expected.shape && expected.shape.elementCount == 51)
    let pairs = Array(zip(try output.realElements(), try expected.realElements()))
    for (index, pair) in pairs.enumerated() where index % 3 != 2 {
      #expect(abs(pair.0 - pair.1) <= 0.03, "keypoint \(index / 3)")
    }
  }
}
