import StanceImaging
import StancePose

/// MediaPipe's hands: a detector of palms, or a body's wrists, tell where to look, the landmark model
/// gives a hand's points.
struct HandModel: Sendable {
  static let landmarkFile = "hand_landmark_full.tflite"
  static let detectorFile = "palm_detection_full.tflite"
  static let recropFile = "hand_recrop.tflite"

  let identity: PoseModel.Identity
  private let landmarks: PictureNetwork
  /// The detector of palms; where hands of bodies are looked for, what finds a hand in a first guess.
  private let search: PictureNetwork
  private let threshold: Double

  /// - Parameters:
  ///   - followsBody: whether hands are looked for at a body's wrists, else in the whole picture.
  ///   - threshold: the least score of a palm and of a hand, 0...1.
  init(followsBody: Bool, threshold: Double, precision: FloatPrecision) throws {
    func path(_ file: String) throws -> String {
      try ModelFolder.companion(file, of: nil, neededFor: "finding hands")
    }
    let file = try ModelFile(path: try path(Self.landmarkFile))
    identity = PoseModel.Identity(
      name: file.name, sha256: file.sha256, family: "hands", profile: "mediapipe")
    landmarks = try PictureNetwork(
      path: file.path, name: "MediaPipe's hand landmark model", precision: precision,
      where: HandLandmarkDecoder.recognizes)
    if followsBody {
      search = try PictureNetwork(
        path: try path(Self.recropFile), name: "MediaPipe's hand_recrop", precision: precision,
        where: HandRecropDecoder.recognizes)
    } else {
      search = try PictureNetwork(
        detector: .palm, path: try path(Self.detectorFile), precision: precision,
        normalization: .unit)
    }
    self.threshold = threshold
  }

  var networks: [Network] { [landmarks.network, search.network] }

  func makeEstimator(threads: Int) throws -> Estimator {
    Estimator(
      landmarks: try landmarks.makeRunner(threads: threads),
      search: try search.makeRunner(threads: threads), threshold: threshold)
  }

  /// For one task at a time.
  final class Estimator {
    private let landmarks: PictureNetwork.Runner
    private let search: PictureNetwork.Runner
    private let threshold: Double

    fileprivate init(
      landmarks: PictureNetwork.Runner, search: PictureNetwork.Runner, threshold: Double
    ) {
      self.landmarks = landmarks
      self.search = search
      self.threshold = threshold
    }

    /// All hands of the picture; of a model that does not follow bodies.
    func hands(in picture: PixelBuffer, of image: WholeImage) throws -> [HandLandmarks] {
      let outputs = try search.run(onWhole: picture, of: image)
      let palms = try DetectionDecoder(
        .palm, scoreThreshold: DetectionDecoder.searchThreshold(for: threshold)
      )
      .decode(outputs: outputs.tensors, inputSize: search.inputSize)
      return try palms.compactMap { RotatedRegion(palm: $0, modelToImage: outputs.modelToImage) }
        .withoutCovered().compactMap { try hand(in: $0, of: picture, image) }
    }

    /// The hand at the wrist of `body`; of a model that follows bodies.
    func hand(
      _ side: Skeleton.Side, of body: Pose, in picture: PixelBuffer, _ image: WholeImage
    ) throws -> Pose? {
      guard let guess = RotatedRegion(handOf: side, in: body) else { return nil }
      let outputs = try search.run(on: guess, of: picture, image)
      let points = try HandRecropDecoder.decode(
        outputs: outputs.tensors, inputSize: search.inputSize)
      guard let region = RotatedRegion(recropping: points, in: guess) else { return nil }
      return try hand(in: region, of: picture, image)?.pose
    }

    private func hand(
      in region: RotatedRegion, of picture: PixelBuffer, _ image: WholeImage
    ) throws -> HandLandmarks? {
      let outputs = try landmarks.run(on: region, of: picture, image)
      return try HandLandmarkDecoder(handThreshold: threshold).decode(
        outputs: outputs.tensors, region: region, imageSize: image.size,
        inputSize: landmarks.inputSize)
    }
  }
}
