/// One person's landmarks, and where to look for the person next.
public struct BlazePoseLandmarks: Hashable, Sendable {
  /// In the order of ``Skeleton/blazePose33``: a keypoint's score is its visibility, the pose's
  /// score the model's confidence that there is a person in the region.
  public var pose: Pose
  /// The region for the next frame of a video, from the two auxiliary landmarks; nil where they are
  /// not finite or coincide.
  public var nextRegion: RotatedRegion?

  public init(pose: Pose, nextRegion: RotatedRegion?) {
    self.pose = pose
    self.nextRegion = nextRegion
  }
}
