extension RotatedRegion {
  /// How much larger than the circle about the body BlazePose's regions are.
  static let blazePoseMargin = 1.25

  /// The region of a person whom the detector found; nil where it would have no area or is not
  /// finite.
  ///
  /// - Parameters:
  ///   - person: of ``DetectionDecoder/Kind/person``.
  ///   - modelToImage: from the detector's input, with its letterbox, to the image.
  public init?(person: Detection, modelToImage: AffineTransform<ModelSpace, ImageSpace>) {
    guard person.points.count >= 2 else { return nil }
    self.init(
      bodyCenter: modelToImage(person.points[0]), circlePoint: modelToImage(person.points[1]))
  }

  /// The square about the circle around `bodyCenter` through `circlePoint`, turned so that the line
  /// between them points up, and enlarged by a quarter; nil where it would have no area or is not
  /// finite.
  public init?(bodyCenter: ImagePoint, circlePoint: ImagePoint) {
    let diameter = 2 * bodyCenter.distance(to: circlePoint)
    self.init(
      center: bodyCenter, width: diameter, height: diameter, turning: (bodyCenter, circlePoint),
      to: .pi / 2, scale: Self.blazePoseMargin)
  }
}
