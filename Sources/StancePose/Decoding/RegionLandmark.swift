/// A landmark as MediaPipe's models give it, within its region.
struct RegionLandmark: Hashable, Sendable {
  /// Fractions of the region.
  var position: NormalizedPoint
  /// Depth in sides of the region, negative towards the camera.
  var z: Double
  /// Probability, 0...1, where the model tells.
  var visibility: Double?
  /// Probability, 0...1, where the model tells.
  var presence: Double?
}

extension RegionLandmark {
  /// Reads x, y, z in pixels of the model's input for each landmark, and where there are
  /// `valuesEach` of 5 the logits of visibility and presence; a logit that is NaN becomes
  /// probability 0.
  /// - Parameter depthUnit: how many sides of the input a depth as large as its side stands for.
  /// - Precondition: `inputSize` is positive, and there are 3 or 5 values each.
  static func read(
    _ values: [Float], valuesEach: Int, inputSize: ModelSize, depthUnit: Double = 1
  ) -> [RegionLandmark] {
    precondition(valuesEach == 3 || valuesEach == 5)
    let (width, height) = (Double(inputSize.width), Double(inputSize.height))
    return (0..<values.count / valuesEach).map { index in
      let raw = values[index * valuesEach..<(index + 1) * valuesEach].map(Double.init)
      func probability(_ place: Int) -> Double? {
        place < valuesEach ? raw[place].isNaN ? 0 : sigmoid(raw[place]) : nil
      }
      return RegionLandmark(
        position: NormalizedPoint(x: raw[0] / width, y: raw[1] / height),
        z: raw[2] / width * depthUnit, visibility: probability(3), presence: probability(4))
    }
  }

  /// The landmark in the image; nil where its position is not finite.
  /// - Parameter score: 0...1, for models that do not tell the landmark's visibility.
  func keypoint(
    region: RotatedRegion, imageSize: ImageSize, score: Double, world: WorldPoint?
  ) -> Keypoint? {
    let place = region.unitToImage(position)
    guard place.isFinite else { return nil }
    let depth = z * region.side
    return Keypoint(
      position: place, score: visibility ?? score, isInsideImage: imageSize.contains(place),
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
