/// One person as far as it was looked for and found: the body, and the parts that have keypoints of
/// their own.
///
/// Where no body was looked for, each hand and each face is a record of its own, as nothing tells
/// whose it is.
public struct Person: Hashable, Sendable {
  public var body: Pose?
  /// The person's own left hand.
  public var leftHand: Pose?
  /// The person's own right hand.
  public var rightHand: Pose?
  public var face: Pose?

  public init(
    body: Pose? = nil, leftHand: Pose? = nil, rightHand: Pose? = nil, face: Pose? = nil
  ) {
    self.body = body
    self.leftHand = leftHand
    self.rightHand = rightHand
    self.face = face
  }

  /// A hand alone; one that is neither left nor right is none.
  public init(hand: Pose, side: Skeleton.Side) {
    self.init(
      leftHand: side == .left ? hand : nil, rightHand: side == .right ? hand : nil)
  }

  /// What is looked for.
  public struct Parts: OptionSet, Hashable, Sendable {
    public let rawValue: Int

    public init(rawValue: Int) { self.rawValue = rawValue }

    public static let body = Parts(rawValue: 1)
    public static let hands = Parts(rawValue: 2)
    public static let face = Parts(rawValue: 4)
  }

  /// A part besides the body, with its name in files: `left_hand`, `right_hand` or `face`.
  public struct Part: Hashable, Sendable {
    public let name: String
    /// Which of ``Parts`` has to be looked for to find it.
    public let kind: Parts
    /// Of the person's own body.
    public let side: Skeleton.Side
    /// Nil where it was not found.
    public var pose: Pose?
  }

  /// Left hand, right hand and face, found or not.
  public var parts: [Part] {
    [
      Part(name: "left_hand", kind: .hands, side: .left, pose: leftHand),
      Part(name: "right_hand", kind: .hands, side: .right, pose: rightHand),
      Part(name: "face", kind: .face, side: .middle, pose: face),
    ]
  }

  /// All that was found, the body first.
  public var poses: [Pose] { [body, leftHand, rightHand, face].compactMap { $0 } }

  /// The confidence in the body, without one in the surest part, 0...1.
  public var score: Double { body?.score ?? poses.map(\.score).max() ?? 0 }

  /// The body's box, without a body the one around the parts.
  public var box: ImageBox {
    body?.box
      ?? ImageBox(
        around: poses.flatMap { pose in
          [
            ImagePoint(x: pose.box.x, y: pose.box.y),
            ImagePoint(x: pose.box.maxX, y: pose.box.maxY),
          ]
        }) ?? ImageBox(x: 0, y: 0, width: 0, height: 0)
  }
}
