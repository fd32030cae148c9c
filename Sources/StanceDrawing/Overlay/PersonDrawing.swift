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
    func figure(_ pose: Pose, side: Skeleton.Side?, showsJoints: Bool) -> Figure {
      Figure(
        of: pose, side: side, showsJoints: showsJoints, palette: palette, toPicture: toPicture,
        metrics: metrics, minimumScore: minimumScore)
    }
    let body = person.body.map { figure($0, side: nil, showsJoints: true) }
    // A face's points stand so close together that they would hide it.
    let parts = person.parts.compactMap { part in
      part.pose.map { figure($0, side: part.side, showsJoints: part.kind != .face) }
    }
    figures = [body].compactMap { $0 } + parts
  }

  func draw(on context: Context) {
    for figure in figures { figure.draw(on: context) }
  }
}
