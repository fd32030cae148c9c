extension RotatedRegion {
  /// The region of a hand whose palm the detector found; nil where it would have no area or is not
  /// finite. The line from the wrist to the knuckle of the middle finger points up.
  ///
  /// - Parameters:
  ///   - palm: of ``DetectionDecoder/Kind/palm``.
  ///   - modelToImage: from the detector's input, with its letterbox, to the image.
  public init?(palm: Detection, modelToImage: AffineTransform<ModelSpace, ImageSpace>) {
    guard palm.points.count >= 3 else { return nil }
    self.init(
      around: palm.box.mapped(by: modelToImage),
      turning: (modelToImage(palm.points[0]), modelToImage(palm.points[2])), to: .pi / 2,
      scale: 2.6, shift: -0.5)
  }

  /// About where the hand of a body is: a first guess, for ``init(recropping:in:)``.
  ///
  /// It follows from the wrist and the middle finger's knuckle, which lies between those of the
  /// little and the index finger (MediaPipe's HandDetectionsFromPoseToRects). Where the body's
  /// skeleton has none of these, the knuckle is as far beyond the wrist as a third of the forearm
  /// (OpenPose's proportion).
  ///
  /// - Parameters:
  ///   - side: of the person's own body.
  ///   - leastScore: nil where the wrist is less sure.
  public init?(handOf side: Skeleton.Side, in body: Pose, leastScore: Double = 0.1) {
    func point(_ name: String) -> ImagePoint? {
      body.keypoint(named: "\(side.rawValue)_\(name)")?.position
    }
    guard let wrist = body.keypoint(named: "\(side.rawValue)_wrist"), wrist.score >= leastScore
    else { return nil }
    let start = wrist.position
    let knuckle: ImagePoint
    if let index = point("index"), let pinky = point("pinky") {
      knuckle = ImagePoint(x: (2 * index.x + pinky.x) / 3, y: (2 * index.y + pinky.y) / 3)
    } else if let elbow = point("elbow") {
      knuckle = ImagePoint(
        x: start.x + 0.33 * (start.x - elbow.x), y: start.y + 0.33 * (start.y - elbow.y))
    } else {
      return nil
    }
    let reach = 2 * knuckle.distance(to: start)
    self.init(
      center: knuckle, width: reach, height: reach, turning: (start, knuckle), to: .pi / 2,
      scale: 2.7, shift: -0.1)
  }

  /// The region of the hand in a first guess at it; nil where it would have no area or is not finite.
  ///
  /// - Parameter points: the hand's middle and a point below it on the circle around the hand, as
  ///   ``HandRecropDecoder`` gives them.
  public init?(
    recropping points: (middle: NormalizedPoint, circle: NormalizedPoint), in guess: RotatedRegion
  ) {
    let transform = guess.unitToImage
    let (middle, circle) = (transform(points.middle), transform(points.circle))
    let diameter = 2 * middle.distance(to: circle)
    self.init(
      center: middle, width: diameter, height: diameter, turning: (middle, circle), to: -.pi / 2,
      scale: 1, shift: -0.1)
  }
}
