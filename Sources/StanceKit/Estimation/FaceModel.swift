import StanceImaging
import StancePose

/// MediaPipe's face mesh: a detector tells where a face is, in the whole picture or in the part where
/// a body's face is, the landmark model gives the face's points.
struct FaceModel: Sendable {
  static let landmarkFile = "face_landmark.tflite"
  static let detectorFile = "face_detection_short_range.tflite"
  private static let family = "face"

  let networks: PartNetworks

  /// - Parameter threshold: the least score of a face, 0...1.
  init(threshold: Double, precision: FloatPrecision) throws {
    networks = try PartNetworks(
      family: Self.family, landmarks: Self.landmarkFile, name: "MediaPipe's face landmark model",
      search: try PictureNetwork(
        detector: .face, path: try PartNetworks.path(Self.detectorFile, for: Self.family),
        precision: precision),
      threshold: threshold, precision: precision, where: FaceLandmarkDecoder.recognizes)
  }

  /// For one task at a time.
  struct Estimator {
    let networks: PartNetworks.Runners

    /// All faces of the picture.
    func faces(in picture: PixelBuffer, of image: WholeImage) throws -> [Pose] {
      let outputs = try networks.search.run(onWhole: picture, of: image)
      return try networks.detections(.face, in: outputs)
        .compactMap { RotatedRegion(face: $0, modelToImage: outputs.modelToImage) }
        .withoutCovered().compactMap { try face(in: $0, of: picture, image) }
    }

    /// The face of `body`.
    func face(of body: Pose, in picture: PixelBuffer, _ image: WholeImage) throws -> Pose? {
      guard let guess = RotatedRegion(faceOf: body) else { return nil }
      let outputs = try networks.search.run(on: guess, of: picture, image, border: .zero)
      guard let best = try networks.detections(.face, in: outputs).first,
        let region = RotatedRegion(faceInPart: best, modelToImage: outputs.modelToImage)
      else { return nil }
      return try face(in: region, of: picture, image)
    }

    private func face(
      in region: RotatedRegion, of picture: PixelBuffer, _ image: WholeImage
    ) throws -> Pose? {
      let outputs = try networks.landmarks.run(on: region, of: picture, image)
      return try FaceLandmarkDecoder(faceThreshold: networks.threshold).decode(
        outputs: outputs.tensors, region: region, imageSize: image.size,
        inputSize: networks.landmarks.inputSize)
    }
  }
}
