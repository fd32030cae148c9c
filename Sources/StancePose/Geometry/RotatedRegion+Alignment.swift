extension RotatedRegion {
  /// The square on the longer side of a rectangle, turned, moved and enlarged as MediaPipe does
  /// (DetectionsToRects, then RectTransformation); nil where it would have no area or is not finite.
  ///
  /// - Parameters:
  ///   - center: of the rectangle, whose sides are `width` and `height` in pixels of the image.
  ///   - line: what the turn is told by.
  ///   - angle: radians from the x-axis, counter-clockwise as a person sees it: where `line` points
  ///     in the region's own frame.
  ///   - scale: how many times the longer side the region's sides are.
  ///   - shift: how far the centre moves, in heights of the rectangle, down in the region's own
  ///     frame.
  public init?(
    center: ImagePoint, width: Double, height: Double,
    turning line: (start: ImagePoint, end: ImagePoint), to angle: Double, scale: Double,
    shift: Double = 0
  ) {
    let rotation = Self.normalizedAngle(
      angle - arcTangent(y: -(line.end.y - line.start.y), x: line.end.x - line.start.x))
    let (sine, cosine) = sineAndCosine(rotation)
    let moved = ImagePoint(
      x: center.x - height * shift * sine, y: center.y + height * shift * cosine)
    let side = max(width, height) * scale
    guard moved.isFinite, side.isFinite, side > 0, rotation.isFinite else { return nil }
    self.init(center: moved, side: side, rotation: rotation)
  }

  /// As ``init(center:width:height:turning:to:scale:shift:)``, around a box.
  public init?(
    around box: ImageBox, turning line: (start: ImagePoint, end: ImagePoint), to angle: Double,
    scale: Double, shift: Double = 0
  ) {
    self.init(
      center: box.center, width: box.width, height: box.height, turning: line, to: angle,
      scale: scale, shift: shift)
  }

  /// The same direction as `angle`, in radians from -pi up to but not including pi.
  static func normalizedAngle(_ angle: Double) -> Double {
    angle - 2 * .pi * ((angle + .pi) / (2 * .pi)).rounded(.down)
  }

  /// The region without its turn.
  var uprightBox: ImageBox {
    ImageBox(x: center.x - side / 2, y: center.y - side / 2, width: side, height: side)
  }
}

extension Array where Element == RotatedRegion {
  /// The regions but those that a later one covers: MediaPipe's AssociationNormRect. Two are the
  /// same where the intersection over union of their upright boxes is more than a half.
  public func withoutCovered() -> [RotatedRegion] {
    reduce(into: []) { kept, region in
      kept.removeAll { $0.uprightBox.intersectionOverUnion(region.uprightBox) > 0.5 }
      kept.append(region)
    }
  }
}

extension Box {
  /// The smallest upright box around this one's corners in another space.
  func mapped<Other: CoordinateSpace>(by transform: AffineTransform<Space, Other>) -> Box<Other> {
    let corners = [(x, y), (maxX, y), (maxX, maxY), (x, maxY)].map {
      transform(Point(x: $0.0, y: $0.1))
    }
    return Box<Other>(around: corners) ?? Box<Other>(x: 0, y: 0, width: 0, height: 0)
  }
}
