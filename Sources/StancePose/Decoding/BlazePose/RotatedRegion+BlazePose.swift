extension RotatedRegion {
  /// How much larger than the circle about the body BlazePose's regions are.
  static let blazePoseMargin = 1.25

  /// The region of a person whom the detector found; nil where it would have no area or is not
  /// finite.
  ///
  /// - Parameter modelToImage: from the detector's input, with its letterbox, to the image.
  public init?(
    detection: BlazePoseDetection, modelToImage: AffineTransform<ModelSpace, ImageSpace>
  ) {
    self.init(
      bodyCenter: modelToImage(detection.midHip),
      circlePoint: modelToImage(detection.fullBodyPoint))
  }

  /// The square about the circle around `bodyCenter` through `circlePoint`, turned so that the line
  /// between them points up, and enlarged by a quarter; nil where it would have no area or is not
  /// finite.
  public init?(bodyCenter: ImagePoint, circlePoint: ImagePoint) {
    let side = 2 * bodyCenter.distance(to: circlePoint) * Self.blazePoseMargin
    guard bodyCenter.isFinite, side.isFinite, side > 0 else { return nil }
    let angle = arcTangent(
      y: -(circlePoint.y - bodyCenter.y), x: circlePoint.x - bodyCenter.x)
    self.init(
      center: bodyCenter, side: side, rotation: Self.normalizedAngle(.pi / 2 - angle))
  }

  /// The same direction as `angle`, in radians from -pi up to but not including pi.
  static func normalizedAngle(_ angle: Double) -> Double {
    angle - 2 * .pi * ((angle + .pi) / (2 * .pi)).rounded(.down)
  }
}
