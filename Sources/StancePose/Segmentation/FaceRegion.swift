/// A circle that covers a head.
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
  /// Circles that cover the head from forehead to chin and from ear to ear, made of whichever of
  /// eyes, ears, nose and mouth were found; empty where none was.
  ///
  /// The size follows from the distances between them in proportion to an adult's head, and from
  /// the body's size. There is more than one circle where the points are too far apart for one head:
  /// in crowds a pose may have an ear of a neighbour, and then both heads are covered.
  ///
  /// - Parameter leastScore: keypoints that are less sure count as not found.
  public func faceRegions(leastScore: Double = 0.2) -> [FaceRegion] {
    func point(_ name: String) -> ImagePoint? {
      keypoint(named: name).flatMap { $0.score >= leastScore ? $0.position : nil }
        .flatMap { $0.x.isFinite && $0.y.isFinite ? $0 : nil }
    }
    var points: [FacePoint: ImagePoint] = [:]
    for kind in FacePoint.allCases { points[kind] = point(kind.rawValue) }
    let body = BodyScale(of: self, leastScore: leastScore)?.pixels
    let reach = body.map { 15 * Self.tolerance * $0 } ?? HeadPoints(points).reachOfFront
    let heads = FacePoint.allCases.reduce(into: [HeadPoints]()) { heads, kind in
      guard let position = points[kind] else { return }
      let home = heads.firstIndex { $0.isWithin(reach, of: position) }
      if let home {
        heads[home].positions[kind] = position
      } else {
        heads.append(HeadPoints([kind: position]))
      }
    }
    let fallback = max(box.width, box.height) / 170
    return heads.compactMap { head in
      let face = min(head.scale, body.map { Self.tolerance * $0 } ?? .infinity)
      let unit = max(face, body ?? (face > 0 ? 0 : fallback))
      guard unit > 0, unit.isFinite, let center = head.center else { return nil }
      return FaceRegion(center: center, radius: Self.headRadius * unit)
    }
  }

  /// In centimetres: from between eyes and ears to the tip of the chin and the nose, the back of the
  /// head and its top, with a margin.
  private static let headRadius = 14.0
  /// How much larger than the body's a head's scale may seem: the body may be turned or bent.
  private static let tolerance = 1.6
}

/// Keypoints of a face that several skeletons have, the middle of the face first.
enum FacePoint: String, CaseIterable {
  case nose
  case leftEye = "left_eye"
  case rightEye = "right_eye"
  case leftMouth = "mouth_left"
  case rightMouth = "mouth_right"
  case leftEar = "left_ear"
  case rightEar = "right_ear"
}

/// Keypoints taken for one head's.
struct HeadPoints {
  var positions: [FacePoint: ImagePoint]

  init(_ positions: [FacePoint: ImagePoint]) { self.positions = positions }

  func isWithin(_ reach: Double, of point: ImagePoint) -> Bool {
    positions.values.allSatisfy { $0.distance(to: point) <= reach }
  }

  /// How far apart one head's points may be as the nose and the eyes tell: an ear is at most 12 cm
  /// from the nose, and from every side an eye at least 3 cm.
  var reachOfFront: Double {
    let front = [FacePoint.nose, .leftEye, .rightEye].compactMap { positions[$0] }
    let spread = front.indices.reduce(0.0) { spread, index in
      front[..<index].reduce(spread) { max($0, $1.distance(to: front[index])) }
    }
    return spread > 0 ? 4.5 * spread : .infinity
  }

  /// Pixels a centimetre; 0 where no distance is known. A turned head shortens distances, so the
  /// largest one is right.
  var scale: Double {
    let lengths: [(FacePoint, FacePoint, centimetres: Double)] = [
      (.leftEar, .rightEar, 15), (.leftEye, .rightEye, 6.3),
      (.nose, .leftEar, 12), (.nose, .rightEar, 12),
      (.leftEye, .leftEar, 9.5), (.rightEye, .rightEar, 9.5),
      (.leftEye, .leftMouth, 6.8), (.rightEye, .rightMouth, 6.8),
    ]
    return lengths.reduce(0) { scale, length in
      guard let first = positions[length.0], let second = positions[length.1] else { return scale }
      return max(scale, first.distance(to: second) / length.centimetres)
    }
  }

  /// About the middle of the head: between the ears, a little towards the face.
  var center: ImagePoint? {
    func middle(_ kinds: [FacePoint]) -> ImagePoint? {
      let found = kinds.compactMap { positions[$0] }
      guard !found.isEmpty else { return nil }
      let count = Double(found.count)
      return ImagePoint(
        x: found.reduce(0) { $0 + $1.x } / count, y: found.reduce(0) { $0 + $1.y } / count)
    }
    let ears = middle([.leftEar, .rightEar])
    guard let front = middle([.nose, .leftEye, .rightEye]) ?? middle([.leftMouth, .rightMouth])
    else { return ears }
    guard let ears else { return front }
    // Of a lone ear the other one is behind the head, further on towards the face.
    let isPair = positions[.leftEar] != nil && positions[.rightEar] != nil
    let share = isPair ? 0.3 : 0.5
    return ImagePoint(
      x: ears.x + share * (front.x - ears.x), y: ears.y + share * (front.y - ears.y))
  }
}
