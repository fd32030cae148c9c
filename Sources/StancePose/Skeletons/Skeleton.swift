/// The keypoints that a family of models finds, in their order, and the limbs between them.
public struct Skeleton: Hashable, Sendable {
  /// For files and programs, for instance `coco17`.
  public let name: String
  /// In the order of the models' outputs.
  public let keypoints: [KeypointKind]
  /// The lines that a drawing shows.
  public let limbs: [Limb]

  public init(name: String, keypoints: [KeypointKind], limbs: [Limb]) {
    self.name = name
    self.keypoints = keypoints
    self.limbs = limbs
  }

  /// The position of the keypoint called `name`; nil where there is none.
  public func index(of name: String) -> Int? {
    keypoints.firstIndex { $0.name == name }
  }

  /// A side of the person's own body.
  public enum Side: String, Hashable, Sendable { case left, right, middle }

  /// A joint or another point of the body.
  public struct KeypointKind: Hashable, Sendable {
    /// For instance `left_shoulder`: the person's own left.
    public let name: String

    public init(name: String) {
      self.name = name
    }

    /// Told by the name: `left_` or `right_` before it, or `_left` or `_right` behind it.
    public var side: Side {
      if name.hasPrefix("left_") || name.hasSuffix("_left") { return .left }
      if name.hasPrefix("right_") || name.hasSuffix("_right") { return .right }
      return .middle
    }

    /// Whether it is an eye, an ear, the nose or the mouth, told by the name.
    public var isInFace: Bool { isNamed(after: ["nose", "eye", "ear", "mouth"]) }

    /// Whether it is a finger, told by the name.
    public var isFinger: Bool {
      isNamed(after: ["pinky", "index", "thumb"]) && !isInFoot
    }

    /// Whether it is a toe or a heel, told by the name.
    public var isInFoot: Bool { isNamed(after: ["foot", "heel", "toe"]) }

    private func isNamed(after parts: [String]) -> Bool {
      name.split(separator: "_").contains { parts.contains(String($0)) }
    }
  }

  /// A line between two keypoints, by their positions in ``Skeleton/keypoints``.
  public struct Limb: Hashable, Sendable {
    /// The position of the first keypoint.
    public let start: Int
    /// The position of the second keypoint.
    public let end: Int

    public init(_ start: Int, _ end: Int) {
      self.start = start
      self.end = end
    }
  }

  /// A limb's side is that of its two ends, or the middle where they differ.
  public func side(of limb: Limb) -> Side {
    let (start, end) = (keypoints[limb.start].side, keypoints[limb.end].side)
    return start == end ? start : start == .middle ? end : end == .middle ? start : .middle
  }
}
