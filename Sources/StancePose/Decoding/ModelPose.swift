/// One person's keypoints, in pixels of the model's input.
public struct ModelPose: Hashable, Sendable {
  /// Which keypoints there are.
  public var skeleton: Skeleton
  /// In the skeleton's order; nil where the model did not find one.
  public var keypoints: [ModelKeypoint?]
  /// The model's confidence in the whole person, 0...1.
  public var score: Double

  /// - Precondition: there is an entry for every keypoint of the skeleton.
  public init(skeleton: Skeleton, keypoints: [ModelKeypoint?], score: Double) {
    precondition(keypoints.count == skeleton.keypoints.count)
    self.skeleton = skeleton
    self.keypoints = keypoints
    self.score = score
  }

  /// The pose in the image that the model's input was made from.
  ///
  /// A keypoint whose place in the image is not finite becomes nil.
  public func pose(
    modelToImage: AffineTransform<ModelSpace, ImageSpace>, imageSize: ImageSize
  ) -> Pose {
    let placed = keypoints.map { keypoint -> Keypoint? in
      guard let keypoint else { return nil }
      let position = modelToImage(keypoint.position)
      guard position.isFinite else { return nil }
      return Keypoint(
        position: position, score: keypoint.score, isInsideImage: imageSize.contains(position))
    }
    return Pose(skeleton: skeleton, keypoints: placed, score: score)
  }
}

/// A joint that was found, in pixels of the model's input.
public struct ModelKeypoint: Hashable, Sendable {
  /// Where it is.
  public var position: ModelPoint
  /// The model's confidence, 0...1.
  public var score: Double

  public init(position: ModelPoint, score: Double) {
    self.position = position
    self.score = score
  }
}

extension Point {
  var isFinite: Bool { x.isFinite && y.isFinite }
}
