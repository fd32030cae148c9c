import StanceTensors

/// One hand, and which of the two it is.
public struct HandLandmarks: Hashable, Sendable {
  /// In the order of ``Skeleton/hand21``; the score of the hand and of each keypoint is the model's
  /// confidence that there is a hand in the region.
  public var pose: Pose
  /// How likely this is the person's own right hand, 0...1, in a picture that is not mirrored.
  public var rightProbability: Double

  public init(pose: Pose, rightProbability: Double) {
    self.pose = pose
    self.rightProbability = rightProbability
  }

  /// The likelier side of the person's own body.
  public var side: Skeleton.Side { rightProbability >= 0.5 ? .right : .left }
}

/// Turns the outputs of MediaPipe's hand landmark models into a hand, as MediaPipe does.
///
/// MediaPipe calls hands as they are in a mirror: its "Left" is ``Skeleton/Side/right`` here.
public struct HandLandmarkDecoder: Hashable, Sendable {
  /// There is no hand where the model's confidence in one, 0...1, is below.
  public var handThreshold: Double

  static let landmarkCount = 21
  /// The model's depths are 0.4 of what its x and y are.
  static let depthUnit = 1 / 0.4

  public init(handThreshold: Double = 0.5) {
    self.handThreshold = handThreshold
  }

  /// Whether a model with outputs of these shapes is a hand landmark model.
  public static func recognizes(outputShapes: [Shape]) -> Bool {
    Outputs(outputShapes) != nil
  }

  /// The hand in `region`; nil where the model sees none, or its confidence is NaN.
  ///
  /// A landmark is nil where its position is not finite.
  ///
  /// - Parameters:
  ///   - outputs: in the model's order, as their shapes do not tell them apart: landmarks [1, 63]
  ///     (21 times x, y, z in pixels of the input), confidence [1, 1] and the person's right hand
  ///     [1, 1] (both probabilities), world landmarks [1, 63] (metres).
  ///   - region: what of the image fills the model's input.
  ///   - inputSize: of the tensor that the model was run on.
  /// - Throws: ``PoseDecodingError`` where the outputs are not those of a hand landmark model.
  public func decode(
    outputs: [Tensor], region: RotatedRegion, imageSize: ImageSize,
    inputSize: ModelSize = ModelSize(width: 224, height: 224)
  ) throws -> HandLandmarks? {
    guard let found = Outputs(outputs.map(\.shape)) else {
      throw PoseDecodingError(
        .missingOutput,
        "these are no outputs of a hand landmark model: two of 63 numbers and two of 1 are needed, "
          + "the model has " + outputs.map { $0.shape.description }.joined(separator: ", "))
    }
    try inputSize.check()
    let confidence = Double(try outputs[found.confidence].realElements(ofOutput: "confidence")[0])
    guard confidence >= handThreshold else { return nil }
    let right = Double(try outputs[found.rightHand].realElements(ofOutput: "right hand")[0])
    let landmarks = RegionLandmark.read(
      try outputs[found.landmarks].realElements(ofOutput: "landmarks"), valuesEach: 3,
      inputSize: inputSize, depthUnit: Self.depthUnit)
    let world = WorldPoint.read(try outputs[found.world].realElements(ofOutput: "world landmarks"))
    let score = min(confidence, 1)
    let keypoints = zip(landmarks, world).map { landmark, world in
      landmark.keypoint(
        region: region, imageSize: imageSize, score: score,
        world: world?.rotated(by: region.rotation))
    }
    return HandLandmarks(
      pose: Pose(skeleton: .hand21, keypoints: keypoints, score: score),
      rightProbability: right.isNaN ? 0.5 : min(max(right, 0), 1))
  }

  /// Which of the model's outputs is which.
  private struct Outputs {
    let landmarks, world, confidence, rightHand: Int

    /// nil unless there are two of each shape.
    init?(_ shapes: [Shape]) {
      let count = HandLandmarkDecoder.landmarkCount * 3
      let rows = shapes.indices.filter {
        shapes[$0].elementCount == count && shapes[$0].last == count
      }
      let numbers = shapes.indices.filter { shapes[$0].elementCount == 1 }
      guard rows.count == 2, numbers.count == 2 else { return nil }
      (landmarks, world) = (rows[0], rows[1])
      (confidence, rightHand) = (numbers[0], numbers[1])
    }
  }
}
