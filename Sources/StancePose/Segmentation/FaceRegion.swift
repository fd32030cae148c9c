/// A circle that covers a face.
public struct FaceRegion: Hashable, Sendable {
  public var center: ImagePoint
  /// In pixels of the image, above 0.
  public var radius: Double

  public init(center: ImagePoint, radius: Double) {
    self.center = center
    self.radius = radius
  }
}

extension Pose {
  /// The circle around the face, made of whichever of eyes, ears and nose were found; nil where none
  /// was.
  ///
  /// The size follows from the largest distance between them in proportion to an adult's head; where
  /// one alone was found, from the shoulders, else from the box.
  ///
  /// - Parameter leastScore: keypoints that are less sure count as not found.
  public func faceRegion(leastScore: Double = 0.2) -> FaceRegion? {
    func point(_ name: String) -> ImagePoint? {
      skeleton.index(of: name).flatMap { keypoints[$0] }
        .flatMap { $0.score >= leastScore ? $0.position : nil }
    }
    func units(_ first: String, _ second: String, centimetres: Double) -> Double {
      guard let first = point(first), let second = point(second) else { return 0 }
      return first.distance(to: second) / centimetres
    }
    let found = ["nose", "left_eye", "right_eye", "left_ear", "right_ear"].compactMap(point)
    guard !found.isEmpty else { return nil }
    let count = Double(found.count)
    let center = ImagePoint(
      x: found.reduce(0) { $0 + $1.x } / count, y: found.reduce(0) { $0 + $1.y } / count)
    // Pixels a centimetre. Turned heads shorten distances, so the largest one is right.
    let face = [
      units("left_ear", "right_ear", centimetres: 15),
      units("left_eye", "right_eye", centimetres: 6.3),
      units("nose", "left_ear", centimetres: 12), units("nose", "right_ear", centimetres: 12),
      units("left_eye", "left_ear", centimetres: 9.5),
      units("right_eye", "right_ear", centimetres: 9.5),
    ].reduce(0, max)
    let body = units("left_shoulder", "right_shoulder", centimetres: 38)
    let unit = face > 0 ? face : body > 0 ? body : max(box.width, box.height) / 170
    guard unit > 0, unit.isFinite else { return nil }
    return FaceRegion(center: center, radius: 12 * unit)
  }
}
