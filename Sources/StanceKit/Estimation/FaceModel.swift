import StanceImaging
import StancePose

/// MediaPipe's face mesh: a detector of faces in the whole picture, or where a body's face is, tells
/// where to look, the landmark model gives the face's points.
struct FaceModel: Sendable {
  static let landmarkFile = "face_landmark.tflite"
  static let detectorFile = "face_detection_short_range.tflite"

  let identity: PoseModel.Identity
  private let landmarks: PictureNetwork
  private let detector: PictureNetwork
  private let threshold: Double

  /// - Parameter threshold: the least score of a face, 0...1.
  init(threshold: Double, precision: FloatPrecision) throws {
    func path(_ file: String) throws -> String {
      try ModelFolder.companion(file, of: nil, neededFor: "finding faces")
    }
    let file = try ModelFile(path: try path(Self.landmarkFile))
    identity = PoseModel.Identity(
      name: file.name, sha256: file.sha256, family: "face", profile: "mediapipe")
    landmarks = try PictureNetwork(
      path: file.path, name: "MediaPipe's face landmark model", precision: precision,
      where: FaceLandmarkDecoder.recognizes)
    detector = try PictureNetwork(
      detector: .face, path: try path(Self.detectorFile), precision: precision)
    self.threshold = threshold
  }

  var networks: [Network] { [landmarks.network, detector.network] }

  func makeEstimator(threads: Int) throws -> Estimator {
    Estimator(
      landmarks: try landmarks.makeRunner(threads: threads),
      detector: try detector.makeRunner(threads: threads), threshold: threshold)
  }

  /// For one task at a time.
  final class Estimator {
    private let landmarks: PictureNetwork.Runner
    private let detector: PictureNetwork.Runner
    private let threshold: Double

    fileprivate init(
      landmarks: PictureNetwork.Runner, detector: PictureNetwork.Runner, threshold: Double
    ) {
      self.landmarks = landmarks
      self.detector = detector
      self.threshold = threshold
    }

    /// All faces of the picture.
    func faces(in picture: PixelBuffer, of image: WholeImage) throws -> [Pose] {
      let outputs = try detector.run(onWhole: picture, of: image)
      return try detections(in: outputs)
        .compactMap { RotatedRegion(face: $0, modelToImage: outputs.modelToImage) }
        .withoutCovered().compactMap { try face(in: $0, of: picture, image) }
    }

    /// The face of `body`.
    func face(
      of body: Pose, in picture: PixelBuffer, _ image: WholeImage
    ) throws -> Pose? {
      guard let guess = RotatedRegion(faceOf: body) else { return nil }
      let outputs = try detector.run(on: guess, of: picture, image, border: .zero)
      guard let best = try detections(in: outputs).first,
        let region = RotatedRegion(faceInPart: best, modelToImage: outputs.modelToImage)
      else { return nil }
      return try face(in: region, of: picture, image)
    }

    private func detections(in outputs: PictureNetwork.Outputs) throws -> [Detection] {
      let decoder = DetectionDecoder(
        .face, scoreThreshold: DetectionDecoder.searchThreshold(for: threshold))
      return try decoder.decode(outputs: outputs.tensors, inputSize: detector.inputSize)
    }

    private func face(
      in region: RotatedRegion, of picture: PixelBuffer, _ image: WholeImage
    ) throws -> Pose? {
      let outputs = try landmarks.run(on: region, of: picture, image)
      return try FaceLandmarkDecoder(faceThreshold: threshold).decode(
        outputs: outputs.tensors, region: region, imageSize: image.size,
        inputSize: landmarks.inputSize)
    }
  }
}
