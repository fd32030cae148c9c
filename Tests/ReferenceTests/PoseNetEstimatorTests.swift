import StanceKit
import StanceMedia
import StancePose
import StanceTestSupport
import Testing

/// PoseNet from file to poses.
@Suite(.enabled(if: SharedData.isPresent, "needs the shared data"))
struct PoseNetEstimatorTests {
  static let models = [
    "models/posenet/posenet_mobilenet_v1_075_257x257_float_stride16.tflite",
    "models/posenet/posenet_mobilenet_v1_075_257x257_float_stride32.tflite",
    "models/coral/posenet_mobilenet_v1_075_353_481_quant.tflite",
  ]

  /// The same person, whatever model and profile look at the photo.
  @Test(arguments: models, PoseNetProfile.allCases)
  func footballer(_ model: String, _ profile: PoseNetProfile) throws {
    let estimator = try PoseEstimator(
      model: SharedData.path(model),
      options: PoseModel.Options(profile: profile.rawValue, maximumPeople: 1))
    let image = try ImageDecoder.read(path: SharedData.path("images/footballer.jpg"))
    let pose = try #require(try estimator.poses(in: image.pixels).first)
    #expect(pose.skeleton == .coco17)
    let nose = try #require(pose.keypoints[0])
    let ankle = try #require(pose.keypoints[15])
    let (width, height) = (Double(image.width), Double(image.height))
    // Where a person sees them, to a twentieth of the photo.
    #expect(
      nose.position.distance(to: ImagePoint(x: 0.505 * width, y: 0.15 * height)) < 0.06 * width)
    #expect(ankle.position.y > 0.7 * height)
    #expect(pose.score > 0.5)
  }

  /// One person is the best of all, not one made of several people's best joints.
  @Test func onePersonOfTwo() throws {
    let image = try ImageDecoder.read(path: SharedData.path("images/test_couple.jpg"))
    let model = SharedData.path(Self.models[0])
    let all = try PoseEstimator(model: model).poses(in: image.pixels)
    let one = try PoseEstimator(model: model, options: PoseModel.Options(maximumPeople: 1))
      .poses(in: image.pixels)
    #expect(all.count == 2)
    #expect(one == [all[0]])
  }

  @Test func unknownProfileIsAnError() {
    #expect(throws: KitError.self) {
      try PoseEstimator(
        model: SharedData.path(Self.models[0]), options: PoseModel.Options(profile: "openpose"))
    }
  }

  @Test func edgeTPUModelIsExplained() {
    let path = "models/coral/posenet_mobilenet_v1_075_353_481_quant_decoder_edgetpu.tflite"
    do {
      _ = try PoseEstimator(model: SharedData.path(path))
      Issue.record("a model for the Edge TPU was taken")
    } catch {
      #expect("\(error)".contains("Edge TPU"))
    }
  }
}
