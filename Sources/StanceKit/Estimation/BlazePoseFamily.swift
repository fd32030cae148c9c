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
  private let detector: Network
  private let landmarks: Network
  private let detectorInput: PictureInput
  private let landmarkInput: PictureInput
  private let options: PoseModel.Options
  let masks: PoseModel.Masks

  /// - Parameter file: the landmark model; its detector is looked for beside it, then in the model
  ///   folder.
  init(landmarks file: ModelFile, _ network: Network, options: PoseModel.Options) throws {
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
    self.detector = try Network(detector, path: detectorPath, precision: options.precision)
    landmarks = network
    detectorInput = try PictureInput(of: detector, path: detectorPath)
    landmarkInput = try PictureInput(of: file.model.graph, path: file.path)
    for (input, path) in [(detectorInput, detectorPath), (landmarkInput, file.path)]
    where input.elementType != .float32 {
      throw KitError(
        .unusableModel,
        "\(path) takes \(input.elementType.rawValue) pictures; BlazePose's are float32")
    }
    self.options = options
    let graph = file.model.graph
    masks =
      BlazePoseLandmarkDecoder.hasMask(outputShapes: graph.outputs.map { graph[$0].shape })
      ? [.people, .instances] : []
  }

  /// MediaPipe's default for both models.
  private var minimumScore: Double { options.minimumScore ?? 0.5 }

  /// Below 0.05 the detector sees people everywhere, each of whom costs a run of the landmark model;
  /// above MediaPipe's 0.5 fewer of its boxes would be averaged, and regions move.
  private var detectionThreshold: Double { min(0.5, max(0.05, minimumScore)) }

  /// A person who fills a quarter of the picture's side still fills the landmark model's input.
  var usefulSide: Int { 4 * max(landmarkInput.size.width, landmarkInput.size.height) }

  func makeEstimator(threads: Int) throws -> any FamilyEstimator {
    try Network.prepare(detector, landmarks)
    return Estimator(
      family: self, detector: try detector.makeInterpreter(threads: threads),
      landmarks: try landmarks.makeInterpreter(threads: threads))
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
      try distinctPeople(in: picture, of: image, withMasks: false).map(\.pose)
    }

    func segmentation(of picture: PixelBuffer, _ image: WholeImage) throws -> Segmentation {
      let people = try distinctPeople(in: picture, of: image, withMasks: true)
        .filter { $0.mask != nil }
      return Segmentation(
        imageSize: image.size, poses: people.map(\.pose),
        people: .apart(people.compactMap(\.mask)), threshold: family.options.maskThreshold ?? 0.5)
    }

    private typealias Person = (pose: Pose, mask: LogitGrid?)

    /// Each person once, the best score first.
    private func distinctPeople(
      in picture: PixelBuffer, of image: WholeImage, withMasks: Bool
    ) throws -> [Person] {
      var found: [Person] = []
      for (region, score) in try people(in: picture, of: image) {
        guard
          var person = try person(in: region, of: picture, image, withMask: withMasks)
        else { continue }
        // Both models must be sure of a person, so the less certain one speaks.
        person.pose.score = min(person.pose.score, score)
        if person.pose.score >= family.minimumScore { found.append(person) }
      }
      let distinct = found.map(\.pose).indicesOfDistinctPeople().map { found[$0] }
        .sorted { $0.pose.score > $1.pose.score }
      return Array(distinct.prefix(family.options.maximumPeople ?? distinct.count))
    }

    /// Where the detector sees people and how sure it is, the surest first.
    private func people(
      in picture: PixelBuffer, of image: WholeImage
    ) throws -> [(region: RotatedRegion, score: Double)] {
      let placement = try Placement.fitted(
        image: picture.size, to: try PixelSize(family.detectorInput.size))
      let outputs = try run(
        detector,
        on: try picture.tensor(
          placement, by: .openCVWarp, border: .zero,
          format: InputFormat(element: .float32, normalization: .signedUnit)))
      let detections = try BlazePoseDetector(scoreThreshold: family.detectionThreshold)
        .decode(outputs: outputs, inputSize: family.detectorInput.size)
      let modelToImage = placement.modelToImage.followed(by: image.fromPicture)
      return detections.compactMap { detection in
        RotatedRegion(detection: detection, modelToImage: modelToImage)
          .map { ($0, detection.score) }
      }
    }

    private func person(
      in region: RotatedRegion, of picture: PixelBuffer, _ image: WholeImage, withMask: Bool
    ) throws -> Person? {
      let inputSize = family.landmarkInput.size
      let placement = try Placement.warped(
        image: picture.size, to: try PixelSize(inputSize),
        by: region.modelToImage(inputSize: inputSize).followed(by: image.toPicture))
      let outputs = try run(
        landmarks,
        on: try picture.tensor(
          placement, by: .openCVWarp, border: .replicated,
          format: InputFormat(element: .float32, normalization: .unit)))
      let decoder = BlazePoseLandmarkDecoder(poseThreshold: family.minimumScore)
      let decoded = try decoder.decode(
        outputs: outputs, region: region, imageSize: image.size, inputSize: inputSize)
      guard let decoded else { return nil }
      return (
        decoded.pose, withMask ? try decoder.mask(outputs: outputs, region: region) : nil
      )
    }

    private func run(_ interpreter: Interpreter, on input: Tensor) throws -> [Tensor] {
      try interpreter.setInput(input, at: 0)
      try interpreter.invoke()
      return try interpreter.outputs.indices.map { try interpreter.output(at: $0) }
    }
  }
}
