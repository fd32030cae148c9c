/// Which parts of an image show people, before it is worked out pixel by pixel.
public struct Segmentation: Hashable, Sendable {
  /// How the people are told from what is around them.
  public enum People: Hashable, Sendable {
    /// One grid shows everyone. `nearness` has a channel for each pose, the greatest where a place is
    /// that pose's; nil where the model cannot tell people apart.
    case together(LogitGrid, nearness: LogitGrid?)
    /// A grid for each pose.
    case apart([LogitGrid])
  }

  /// The image that everything refers to.
  public let imageSize: ImageSize
  /// The people, the best score first.
  public let poses: [Pose]
  public let people: People
  /// The 24 parts of ``BodyPart``, a channel each; nil where the model does not know them.
  public let parts: LogitGrid?
  /// The probability, 0...1, above which a place shows a person.
  public var threshold: Double

  /// - Precondition: where people are apart, or told apart, there is a grid or a channel for each
  ///   pose.
  public init(
    imageSize: ImageSize, poses: [Pose], people: People, parts: LogitGrid? = nil, threshold: Double
  ) {
    switch people {
    case .apart(let grids): precondition(grids.count == poses.count)
    case .together(_, let nearness): precondition(nearness?.channels ?? poses.count == poses.count)
    }
    self.imageSize = imageSize
    self.poses = poses
    self.people = people
    self.parts = parts
    self.threshold = threshold
  }

  /// Whether each person has a mask of its own.
  public var tellsPeopleApart: Bool {
    if case .together(_, nil) = people { false } else { true }
  }

  /// ``threshold`` as a logit: finite, however near it is to 0 or 1.
  public var leastLogit: Float {
    Float(min(max(logOdds(min(max(threshold, 0), 1)), -1e5), 1e5))
  }
}
