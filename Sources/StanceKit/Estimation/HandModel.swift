import StanceImaging
import StancePose

/// MediaPipe's hands: a detector of palms, or a body's wrists, tell where to look, the landmark model
/// gives a hand's points.
struct HandModel: Sendable {
  static let landmarkFile = "hand_landmark_full.tflite"
  static let detectorFile = "palm_detection_full.tflite"
  static let recropFile = "hand_recrop.tflite"
  private static let family = "hands"

  let networks: PartNetworks

  /// - Parameters:
  ///   - followsBody: whether hands are looked for at a body's wrists, else in the whole picture.
  ///   - threshold: the least score of a hand, 0...1.
  init(followsBody: Bool, threshold: Double, precision: FloatPrecision) throws {
    let search =
      followsBody
      ? try PictureNetwork(
        path: try PartNetworks.path(Self.recropFile, for: Self.family),
        name: "MediaPipe's hand_recrop", precision: precision, where: HandRecropDecoder.recognizes)
      : try PictureNetwork(
        detector: .palm, path: try PartNetworks.path(Self.detectorFile, for: Self.family),
        precision: precision, normalization: .unit)
    networks = try PartNetworks(
      family: Self.family, landmarks: Self.landmarkFile, name: "MediaPipe's hand landmark model",
      search: search, threshold: threshold, precision: precision,
      where: HandLandmarkDecoder.recognizes)
  }

  /// For one task at a time.
  struct Estimator {
    let networks: PartNetworks.Runners

    /// All hands of the picture; of a model that does not follow bodies.
    func hands(in picture: PixelBuffer, of image: WholeImage) throws -> [HandLandmarks] {
      let outputs = try networks.search.run(onWhole: picture, of: image)
      return try networks.detections(.palm, in: outputs)
        .compactMap { RotatedRegion(palm: $0, modelToImage: outputs.modelToImage) }
        .withoutCovered().compactMap { try hand(in: $0, of: picture, image) }
    }

    /// The hand at the wrist of `body`; of a model that follows bodies.
    func hand(
      _ side: Skeleton.Side, of body: Pose, in picture: PixelBuffer, _ image: WholeImage
    ) throws -> Pose? {
      guard let guess = RotatedRegion(handOf: side, in: body) else { return nil }
      let outputs = try networks.search.run(on: guess, of: picture, image)
      let points = try HandRecropDecoder.decode(
        outputs: outputs.tensors, inputSize: networks.search.inputSize)
      guard let region = RotatedRegion(recropping: points, in: guess) else { return nil }
      return try hand(in: region, of: picture, image)?.pose
    }

    private func hand(
      in region: RotatedRegion, of picture: PixelBuffer, _ image: WholeImage
    ) throws -> HandLandmarks? {
      let outputs = try networks.landmarks.run(on: region, of: picture, image)
      return try HandLandmarkDecoder(handThreshold: networks.threshold).decode(
        outputs: outputs.tensors, region: region, imageSize: image.size,
        inputSize: networks.landmarks.inputSize)
    }
  }
}
