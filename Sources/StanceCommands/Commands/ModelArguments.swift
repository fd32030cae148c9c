import ArgumentParser
import StanceKit
import StanceRuntime

/// Which model looks at pictures, and what is wanted of it.
struct ModelArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "A model file, or the name of one in the model folder. (default: pose_landmark_full)"),
    completion: .file(extensions: ["tflite"]))
  var model: String?

  @Option(
    help: ArgumentHelp(
      "The program whose decoding is followed, of those of the model's family.",
      discussion: """
        PoseNet: tfjs (default), posenet-python, article, coral (default where Coral's decoder is \
        inside). BodyPix: the same. BlazePose: mediapipe. MoveNet: tfjs.
        """))
  var profile: String?

  @Option(help: FloatPrecision.help)
  var precision: FloatPrecision = .float32

  @Option(
    help: ArgumentHelp(
      "The most people to find in a picture. (default: PoseNet as its profile or the decoder "
        + "in its file has it: tfjs 5, article 1, others 10; other models as many as they see)",
      valueName: "number"))
  var people: Int?

  @Option(
    help: ArgumentHelp(
      "The least score of a person, 0 to 1. (default: BlazePose 0.5, MoveNet 0.25, PoseNet 0.15 "
        + "or its profile's where that is more: posenet-python 0.5, coral 0.2; hands and faces alone 0.5)",
      valueName: "score"))
  var minScore: Double?

  func validate() throws {
    if let people, people < 1 {
      throw ValidationError("--people is \(people); it must be 1 or more")
    }
    if let minScore, !(0...1).contains(minScore) {
      throw ValidationError("--min-score is \(minScore); it must be from 0 to 1")
    }
    if model == "" { throw ValidationError("--model cannot be empty") }
  }

  var options: PoseModel.Options {
    PoseModel.Options(
      profile: profile, maximumPeople: people, minimumScore: minScore, precision: precision)
  }
}
