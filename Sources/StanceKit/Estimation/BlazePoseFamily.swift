import Foundation
import StanceGraph
import StanceImaging
import StancePose
import StanceRuntime
import StanceTensors

/// MediaPipe's BlazePose: a detector finds people, the landmark model their keypoints.
struct BlazePoseFamily: PoseFamily {
  /// In the model folder.
  static let defaultModel = "pose_landmark_full"
  static let detectorFile = "pose_detection.tflite"

  let name = "blazepose"
  let profile = "mediapipe"
  let skeleton = Skeleton.blazePose33
  private let detector: Graph
  private let detectorPath: String
  private let landmarks: Graph
  private let landmarksPath: String
  private let detectorInput: PictureInput
  private let landmarkInput: PictureInput
  private let options: PoseModel.Options

  /// - Parameter file: the landmark model; its detector is looked for beside it, then in the model
  ///   folder.
  init(landmarks file: ModelFile, options: PoseModel.Options) throws {
    if let profile = options.profile, profile != self.profile {
      throw KitError(
        .invalidOption, "BlazePose has no profile \"\(profile)\"; it has \(self.profile)")
    }
    let detectorPath = try Self.detectorPath(beside: file.path)
    let detector = try ModelFile(path: detectorPath).model.graph
    guard BlazePoseDetector.recognizes(outputShapes: detector.outputs.map { detector[$0].shape })
    else {
      throw KitError(.unusableModel, "\(detectorPath) is not BlazePose's detector")
    }
    self.detector = detector
    self.detectorPath = detectorPath
    landmarks = file.model.graph
    landmarksPath = file.path
    detectorInput = try PictureInput(of: detector, path: detectorPath)
    landmarkInput = try PictureInput(of: landmarks, path: file.path)
    for (input, path) in [(detectorInput, detectorPath), (landmarkInput, file.path)]
    where input.elementType != .float32 {
      throw KitError(
        .unusableModel,
        "\(path) takes \(input.elementType.rawValue) pictures; BlazePose's are float32")
    }
    self.options = options
  }

  /// A person who fills a quarter of the picture's side still fills the landmark model's input.
  var usefulSide: Int { 4 * max(landmarkInput.size.width, landmarkInput.size.height) }

  func makeEstimator() throws -> any FamilyEstimator {
    Estimator(
      family: self, detector: try readyInterpreter(of: detector, path: detectorPath),
      landmarks: try readyInterpreter(of: landmarks, path: landmarksPath))
  }

  private static func detectorPath(beside path: String) throws -> String {
    let beside = URL(fileURLWithPath: path).deletingLastPathComponent()
      .appendingPathComponent(detectorFile).path
    if FileManager.default.fileExists(atPath: beside) { return beside }
    do {
      return try ModelFolder.file(detectorFile)
    } catch {
      throw KitError(
        .noModel,
        "\(path): BlazePose's landmark model needs its detector \(detectorFile), "
          + "which is neither beside it nor in \(ModelFolder.path()); "
          + "fetch the default model with `make models`")
    }
  }

  private final class Estimator: FamilyEstimator {
    private let family: BlazePoseFamily
    private let detector: Interpreter
    private let landmarks: Interpreter

    init(family: BlazePoseFamily, detector: Interpreter, landmarks: Interpreter) {
      self.family = family
      self.detector = detector
      self.landmarks = landmarks
    }

    func poses(in picture: PixelBuffer, of image: WholeImage) throws -> [Pose] {
      var poses: [Pose] = []
      for region in try regions(in: picture, of: image) {
        if let pose = try pose(in: region, of: picture, image) {
          poses.append(pose)
        }
      }
      let people = poses.removingDuplicates().sorted { $0.score > $1.score }
      return Array(people.prefix(family.options.maximumPeople ?? people.count))
    }

    /// Where the detector sees people, the surest first.
    private func regions(
      in picture: PixelBuffer, of image: WholeImage
    ) throws -> [RotatedRegion] {
      let placement = try Placement.fitted(
        image: picture.size, to: try PixelSize(family.detectorInput.size))
      let outputs = try run(
        detector,
        on: try picture.tensor(
          placement, by: .openCVWarp, border: .zero,
          format: InputFormat(element: .float32, normalization: .signedUnit)))
      let threshold = min(0.5, family.options.minimumScore ?? 0.5)
      let detections = try BlazePoseDetector(scoreThreshold: threshold)
        .decode(outputs: outputs, inputSize: family.detectorInput.size)
      let modelToImage = placement.modelToImage.followed(by: image.fromPicture)
      return detections.compactMap { RotatedRegion(detection: $0, modelToImage: modelToImage) }
    }

    private func pose(
      in region: RotatedRegion, of picture: PixelBuffer, _ image: WholeImage
    ) throws -> Pose? {
      let inputSize = family.landmarkInput.size
      let placement = try Placement.warped(
        image: picture.size, to: try PixelSize(inputSize),
        by: region.modelToImage(inputSize: inputSize).followed(by: image.toPicture))
      let outputs = try run(
        landmarks,
        on: try picture.tensor(
          placement, by: .openCVWarp, border: .replicated,
          format: InputFormat(element: .float32, normalization: .unit)))
      return try BlazePoseLandmarkDecoder(poseThreshold: family.options.minimumScore ?? 0.5)
        .decode(outputs: outputs, region: region, imageSize: image.size, inputSize: inputSize)?
        .pose
    }

    private func run(_ interpreter: Interpreter, on input: Tensor) throws -> [Tensor] {
      try interpreter.setInput(input, at: 0)
      try interpreter.invoke()
      return try interpreter.outputs.indices.map { try interpreter.output(at: $0) }
    }
  }
}

extension PixelSize {
  init(_ size: ModelSize) throws {
    try self.init(width: size.width, height: size.height)
  }
}
