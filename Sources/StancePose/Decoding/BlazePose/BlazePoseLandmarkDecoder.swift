import StanceTensors

/// Turns the outputs of BlazePose's landmark model into a pose, as MediaPipe does.
public struct BlazePoseLandmarkDecoder: Hashable, Sendable {
  /// There is no pose where the model's confidence in a person, 0...1, is below.
  public var poseThreshold: Double
  var refinement = HeatmapRefinement()

  /// 33 of the skeleton, the centre and the circle point of the next region, and 4 unused.
  static let landmarkCount = 39
  /// x, y, z, visibility, presence.
  static let valuesPerLandmark = 5
  static let centerLandmark = 33
  static let circleLandmark = 34

  public init(poseThreshold: Double = 0.5) {
    self.poseThreshold = poseThreshold
  }

  /// Whether a model with outputs of these shapes is a BlazePose landmark model.
  public static func recognizes(outputShapes: [Shape]) -> Bool {
    Outputs(outputShapes) != nil
  }

  /// The person in `region`; nil where the model sees none, or its confidence is NaN.
  ///
  /// A landmark is nil where its position is not finite.
  ///
  /// - Parameters:
  ///   - outputs: in any order: landmarks [1, 195] (39 times x, y, z in pixels of the input,
  ///     logits of visibility and presence), confidence [1, 1] (a probability), and where there are
  ///     any heat maps [1, rows, columns, 39] (logits) and world landmarks [1, 117] (metres).
  ///   - region: what of the image fills the model's input.
  ///   - inputSize: of the tensor that the model was run on.
  /// - Throws: ``PoseDecodingError`` where the outputs are not those of a landmark model.
  public func decode(
    outputs: [Tensor], region: RotatedRegion, imageSize: ImageSize,
    inputSize: ModelSize = ModelSize(width: 256, height: 256)
  ) throws -> BlazePoseLandmarks? {
    guard let found = Outputs(outputs.map(\.shape)) else {
      throw PoseDecodingError(
        .missingOutput,
        "these are no outputs of a BlazePose landmark model: [1, 195] and [1, 1] are needed, the "
          + "model has " + outputs.map { $0.shape.description }.joined(separator: ", "))
    }
    try inputSize.check()
    let confidence = try outputs[found.confidence].realElements(ofOutput: "confidence")[0]
    guard Double(confidence) >= poseThreshold else { return nil }

    var landmarks = RegionLandmark.read(
      try outputs[found.landmarks].realElements(ofOutput: "landmarks"),
      valuesEach: Self.valuesPerLandmark, inputSize: inputSize)
    if let heatmaps = found.heatmaps {
      landmarks = refinement.refine(
        landmarks, heatmaps: try FeatureGrid(outputs[heatmaps], name: "heat maps"))
    }
    let world = try found.world.map {
      WorldPoint.read(try outputs[$0].realElements(ofOutput: "world landmarks"))
    }
    return BlazePoseLandmarks(
      pose: pose(
        landmarks, world: world, confidence: Double(confidence), region: region,
        imageSize: imageSize),
      nextRegion: Self.nextRegion(landmarks, region: region))
  }

  /// The skeleton's landmarks in the image.
  func pose(
    _ landmarks: [RegionLandmark], world: [WorldPoint?]?, confidence: Double,
    region: RotatedRegion, imageSize: ImageSize
  ) -> Pose {
    let skeleton = Skeleton.blazePose33
    let keypoints = skeleton.keypoints.indices.map { index in
      landmarks[index].keypoint(
        region: region, imageSize: imageSize, score: confidence,
        world: world?[index]?.rotated(by: region.rotation))
    }
    return Pose(skeleton: skeleton, keypoints: keypoints, score: min(confidence, 1))
  }

  /// Where the person will be in the next frame.
  static func nextRegion(_ landmarks: [RegionLandmark], region: RotatedRegion) -> RotatedRegion? {
    let transform = region.unitToImage
    return RotatedRegion(
      bodyCenter: transform(landmarks[centerLandmark].position),
      circlePoint: transform(landmarks[circleLandmark].position))
  }

  /// Which of the model's outputs is which, by shape.
  struct Outputs {
    let landmarks: Int
    let confidence: Int
    let heatmaps: Int?
    let world: Int?
    let mask: Int?

    /// nil where landmarks or confidence are missing.
    init?(_ shapes: [Shape]) {
      let count = BlazePoseLandmarkDecoder.landmarkCount
      func row(_ elements: Int) -> Int? {
        shapes.firstIndex { $0.elementCount == elements && $0.last == elements }
      }
      guard let landmarks = row(count * BlazePoseLandmarkDecoder.valuesPerLandmark),
        let confidence = shapes.firstIndex(where: { $0.elementCount == 1 })
      else { return nil }
      self.landmarks = landmarks
      self.confidence = confidence
      heatmaps = shapes.firstIndex { FeatureGrid.dimensions(of: $0)?.channels == count }
      world = row(count * 3)
      mask = shapes.firstIndex {
        FeatureGrid.dimensions(of: $0)?.channels == 1 && $0.elementCount > 1
      }
    }
  }
}
