import StanceTensors

/// Turns the outputs of MediaPipe's face landmark model (without attention) into a face.
public struct FaceLandmarkDecoder: Hashable, Sendable {
  /// There is no face where the model's confidence in one, 0...1, is below.
  public var faceThreshold: Double

  static let landmarkCount = 468

  public init(faceThreshold: Double = 0.5) {
    self.faceThreshold = faceThreshold
  }

  /// Whether a model with outputs of these shapes is the face landmark model.
  public static func recognizes(outputShapes: [Shape]) -> Bool {
    findOutputs(outputShapes) != nil
  }

  /// The face in `region`, in the order of ``Skeleton/face468``; nil where the model sees none, or
  /// its confidence is NaN.
  ///
  /// The score of the face and of each keypoint is the model's confidence that there is a face in
  /// the region. A landmark is nil where its position is not finite.
  ///
  /// - Parameters:
  ///   - outputs: in any order: landmarks [1, 1, 1, 1404] (468 times x, y, z in pixels of the
  ///     input) and confidence [1, 1, 1, 1] (a logit).
  ///   - region: what of the image fills the model's input.
  ///   - inputSize: of the tensor that the model was run on.
  /// - Throws: ``PoseDecodingError`` where the outputs are not those of a face landmark model.
  public func decode(
    outputs: [Tensor], region: RotatedRegion, imageSize: ImageSize,
    inputSize: ModelSize = ModelSize(width: 192, height: 192)
  ) throws -> Pose? {
    guard let found = Self.findOutputs(outputs.map(\.shape)) else {
      throw PoseDecodingError(
        .missingOutput,
        "these are no outputs of the face landmark model: one of 1404 numbers and one of 1 are "
          + "needed, the model has "
          + outputs.map { $0.shape.description }.joined(separator: ", "))
    }
    try inputSize.check()
    let score = sigmoid(
      Double(try outputs[found.confidence].realElements(ofOutput: "confidence")[0]))
    guard score >= faceThreshold else { return nil }
    let landmarks = RegionLandmark.read(
      try outputs[found.landmarks].realElements(ofOutput: "landmarks"), valuesEach: 3,
      inputSize: inputSize)
    return Pose(
      skeleton: .face468,
      keypoints: landmarks.map {
        $0.keypoint(region: region, imageSize: imageSize, score: score, world: nil)
      }, score: score)
  }

  private static func findOutputs(_ shapes: [Shape]) -> (landmarks: Int, confidence: Int)? {
    let count = landmarkCount * 3
    guard shapes.count == 2,
      let landmarks = shapes.firstIndex(where: { $0.elementCount == count && $0.last == count }),
      let confidence = shapes.firstIndex(where: { $0.elementCount == 1 })
    else { return nil }
    return (landmarks, confidence)
  }
}
