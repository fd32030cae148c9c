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

/// A landmark as the model gives it, within its region.
struct RegionLandmark: Hashable, Sendable {
  /// Fractions of the region.
  var position: NormalizedPoint
  /// Depth in sides of the region, negative towards the camera.
  var z: Double
  /// Probability, 0...1.
  var visibility: Double
  /// Probability, 0...1.
  var presence: Double
}

extension RegionLandmark {
  static let valuesPerLandmark = 5

  /// Reads x, y, z in pixels of the model's input, then the logits of visibility and presence, for
  /// each landmark; a logit that is NaN becomes probability 0.
  /// - Precondition: `inputSize` is positive.
  static func read(_ values: [Float], inputSize: ModelSize) -> [RegionLandmark] {
    let (width, height) = (Double(inputSize.width), Double(inputSize.height))
    return (0..<values.count / valuesPerLandmark).map { index in
      let raw = values[index * valuesPerLandmark..<(index + 1) * valuesPerLandmark]
        .map(Double.init)
      return RegionLandmark(
        position: NormalizedPoint(x: raw[0] / width, y: raw[1] / height), z: raw[2] / width,
        visibility: raw[3].isNaN ? 0 : sigmoid(raw[3]),
        presence: raw[4].isNaN ? 0 : sigmoid(raw[4]))
    }
  }

  /// The landmark in the image; nil where its position is not finite.
  func keypoint(
    region: RotatedRegion, imageSize: ImageSize, world: WorldPoint?
  ) -> Keypoint? {
    let place = region.unitToImage(position)
    guard place.isFinite else { return nil }
    let depth = z * region.side
    return Keypoint(
      position: place, score: visibility, isInsideImage: imageSize.contains(place),
      visibility: visibility, presence: presence, depth: depth.isFinite ? depth : nil,
      world: world)
  }
}

extension WorldPoint {
  /// Reads x, y, z in metres for each landmark; nil where one is not finite.
  static func read(_ values: [Float]) -> [WorldPoint?] {
    (0..<values.count / 3).map { index in
      let raw = values[index * 3..<(index + 1) * 3].map(Double.init)
      guard raw.allSatisfy(\.isFinite) else { return nil }
      return WorldPoint(x: raw[0], y: raw[1], z: raw[2])
    }
  }

  /// Turned about the z-axis as the region is, so that y points down in the image again.
  func rotated(by angle: Double) -> WorldPoint {
    let (sine, cosine) = sineAndCosine(angle)
    return WorldPoint(x: cosine * x - sine * y, y: sine * x + cosine * y, z: z)
  }
}
