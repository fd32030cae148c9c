import StancePose

/// One person as drawn: the figures of body, hands and face.
struct PersonDrawing {
  /// What carries box and label: the body, without one the first part; nil where there is nothing.
  var main: Figure? { figures.first }
  private let figures: [Figure]

  init(
    of person: Person, palette: Palette, toPicture: AffineTransform<ImageSpace, PictureSpace>,
    metrics: OverlayMetrics, minimumScore: Double
  ) {
    let body = person.body.map {
      Figure(
        of: $0, isHidden: { Self.isBetterShown($0, in: person) }, palette: palette,
        toPicture: toPicture, metrics: metrics, minimumScore: minimumScore)
    }
    let parts = person.parts.compactMap { part in
      part.pose.map {
        // A face's points stand so close together that they would hide it.
        Figure(
          of: $0, side: part.side, showsJoints: part.kind != .face, palette: palette,
          toPicture: toPicture, metrics: metrics, minimumScore: minimumScore)
      }
    }
    figures = [body].compactMap { $0 } + parts
  }

  /// Whether a part that was found shows what this keypoint of the body does.
  private static func isBetterShown(
    _ kind: Skeleton.KeypointKind, in person: Person
  ) -> Bool {
    if kind.isInFace { return person.face != nil }
    guard kind.isFinger else { return false }
    return kind.side == .left ? person.leftHand != nil : person.rightHand != nil
  }

  func draw(on context: Context) {
    for figure in figures { figure.draw(on: context) }
  }
}
