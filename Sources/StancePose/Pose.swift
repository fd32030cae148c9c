/// One person's keypoints, in pixels of the image.
public struct Pose: Hashable, Sendable {
  /// Which keypoints there are.
  public let skeleton: Skeleton
  /// In the skeleton's order; nil where the model did not find one.
  public var keypoints: [Keypoint?]
  /// The model's confidence in the whole person, 0...1.
  public var score: Double
  /// Around the person as the model gives it, else around the keypoints that were found.
  public var box: ImageBox

  /// - Parameter box: nil for the smallest one around the keypoints.
  /// - Precondition: there is an entry for every keypoint of the skeleton.
  public init(skeleton: Skeleton, keypoints: [Keypoint?], score: Double, box: ImageBox? = nil) {
    precondition(keypoints.count == skeleton.keypoints.count)
    self.skeleton = skeleton
    self.keypoints = keypoints
    self.score = score
    self.box =
      box ?? ImageBox(around: keypoints.compactMap { $0?.position })
      ?? ImageBox(x: 0, y: 0, width: 0, height: 0)
  }

  /// The keypoint called `name`; nil where the skeleton has none or it was not found.
  public func keypoint(named name: String) -> Keypoint? {
    skeleton.index(of: name).flatMap { keypoints[$0] }
  }
}

/// A joint or a landmark that was found.
public struct Keypoint: Hashable, Sendable {
  /// Where it is.
  public var position: ImagePoint
  /// The model's confidence, 0...1.
  public var score: Double
  /// Whether the position lies inside the image; a model may place a hidden foot below its edge.
  public var isInsideImage: Bool
  /// How likely the point is seen and not hidden by something, 0...1, where the model tells.
  public var visibility: Double?
  /// How likely the point lies within the image, 0...1, where the model tells.
  public var presence: Double?
  /// Distance from the camera relative to the middle of the hips, to the wrist of a hand or to the
  /// middle of a head, about in pixels, negative towards the camera, where the model tells.
  public var depth: Double?
  /// The position in space, where the model tells.
  public var world: WorldPoint?

  public init(
    position: ImagePoint, score: Double, isInsideImage: Bool, visibility: Double? = nil,
    presence: Double? = nil, depth: Double? = nil, world: WorldPoint? = nil
  ) {
    self.position = position
    self.score = score
    self.isInsideImage = isInsideImage
    self.visibility = visibility
    self.presence = presence
    self.depth = depth
    self.world = world
  }
}
