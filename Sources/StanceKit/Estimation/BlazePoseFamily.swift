import Foundation
import StanceGraph
import StanceImaging
import StancePose
import StanceRuntime
import StanceTensors

/// MediaPipe's BlazePose: a detector finds people, the landmark model their keypoints.
struct BlazePoseFamily: PoseFamily {
  /// In the model folder.
  static let detectorFile = "pose_detection.tflite"

  let name = "blazepose"
  let profile = "mediapipe"
  let skeleton = Skeleton.blazePose33
  private let detector: PictureNetwork
  private let landmarks: PictureNetwork
  private let options: PoseModel.Options
  let masks: PoseModel.Masks

  /// - Parameter file: the landmark model; its detector is looked for beside it, then in the model
  ///   folder.
  init(landmarks file: ModelFile, _ network: Network, options: PoseModel.Options) throws {
    if let profile = options.profile, profile != self.profile {
      throw KitError(
        .invalidOption, "BlazePose has no profile \"\(profile)\"; it has \(self.profile)")
    }
    detector = try PictureNetwork(
      detector: .person,
      path: try ModelFolder.companion(
        Self.detectorFile, of: file.path,
        neededFor: "\(file.path): BlazePose's landmark model"),
      precision: options.precision)
    landmarks = try PictureNetwork(
      network, of: file.model.graph, path: file.path, normalization: .unit)
    self.options = options
    let graph = file.model.graph
    masks =
      BlazePoseLandmarkDecoder.hasMask(outputShapes: graph.outputs.map { graph[$0].shape })
      ? [.people, .instances] : []
  }

  /// MediaPipe's default for both models.
  private var minimumScore: Double { options.minimumScore ?? 0.5 }

  /// A person who fills a quarter of the picture's side still fills the landmark model's input.
  var usefulSide: Int {
    PoseModel.usefulReduction * max(landmarks.inputSize.width, landmarks.inputSize.height)
  }

  func makeEstimator(threads: Int) throws -> any FamilyEstimator {
    try Network.prepare([detector.network, landmarks.network])
    return Estimator(
      family: self, detector: try detector.makeRunner(threads: threads),
      landmarks: try landmarks.makeRunner(threads: threads))
  }

  private final class Estimator: FamilyEstimator {
    private let family: BlazePoseFamily
    private let detector: PictureNetwork.Runner
    private let landmarks: PictureNetwork.Runner

    init(
      family: BlazePoseFamily, detector: PictureNetwork.Runner, landmarks: PictureNetwork.Runner
    ) {
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

    private typealias FoundPerson = (pose: Pose, mask: LogitGrid?)

    /// Each person once, the best score first.
    private func distinctPeople(
      in picture: PixelBuffer, of image: WholeImage, withMasks: Bool
    ) throws -> [FoundPerson] {
      var found: [FoundPerson] = []
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
      let outputs = try detector.run(onWhole: picture, of: image)
      let decoder = DetectionDecoder(
        .person, scoreThreshold: DetectionDecoder.searchThreshold(for: family.minimumScore))
      let detections = try decoder.decode(
        outputs: outputs.tensors, inputSize: detector.inputSize)
      return detections.compactMap { detection in
        RotatedRegion(person: detection, modelToImage: outputs.modelToImage)
          .map { ($0, detection.score) }
      }
    }

    private func person(
      in region: RotatedRegion, of picture: PixelBuffer, _ image: WholeImage, withMask: Bool
    ) throws -> FoundPerson? {
      let outputs = try landmarks.run(on: region, of: picture, image).tensors
      let decoder = BlazePoseLandmarkDecoder(poseThreshold: family.minimumScore)
      let decoded = try decoder.decode(
        outputs: outputs, region: region, imageSize: image.size, inputSize: landmarks.inputSize)
      guard let decoded else { return nil }
      return (
        decoded.pose, withMask ? try decoder.mask(outputs: outputs, region: region) : nil
      )
    }
  }
}
