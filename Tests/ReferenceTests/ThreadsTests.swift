import StanceFormats
import StanceKit
import StanceMedia
import StanceRuntime
import StanceTensors
import StanceTestSupport
import Testing

/// Whole networks computed by several threads beside one alone.
@Suite(.enabled(if: SharedData.isPresent, "needs the shared data"))
struct ThreadsTests {
  @Test(arguments: [
    "coral-353-481-quant/test_couple", "posenet-257-float-stride16/squat",
    "movenet-lightning-ptq/footballer",
  ])
  func anyNumberGivesTheSameBits(_ name: String) throws {
    let reference = try ReferenceCase(name)
    let expected = try reference.run(threads: 1)
    #expect(!expected.isEmpty && expected.allSatisfy { $0.shape.elementCount > 50 })
    for threads in [2, 3, 5] {
      #expect(try reference.run(threads: threads) == expected, "\(threads) threads")
    }
  }

  @Test(.enabled(if: DefaultModel.isPresent, "needs the default model"))
  func anyNumberFindsTheSamePoses() throws {
    let image = try ImageDecoder.read(path: SharedData.path("images/test_couple.jpg"))
    let model = try PoseModel()
    let expected = try model.makeEstimator(threads: 1).poses(in: image.pixels)
    #expect(!expected.isEmpty)
    for threads in [2, 3, 5] {
      let poses = try model.makeEstimator(threads: threads).poses(in: image.pixels)
      #expect(poses == expected, "\(threads) threads")
    }
  }

  @Test func noThreadsAreAnError() throws {
    let path = "models/posenet/posenet_mobilenet_v1_075_257x257_float_stride32.tflite"
    #expect(throws: KitError.self) {
      try PoseEstimator(model: SharedData.path(path), threads: 0)
    }
  }
}
