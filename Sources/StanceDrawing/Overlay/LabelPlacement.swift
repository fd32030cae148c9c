import StancePose

/// Writes people's labels above their heads, or beside or below them where the picture ends above;
/// inside the picture and beside each other.
struct LabelPlacement {
  private let metrics: OverlayMetrics
  private var taken: [PictureBox] = []

  init(metrics: OverlayMetrics) { self.metrics = metrics }

  /// The score with two decimals; nil where it is not a number that fits.
  static func text(score: Double) -> String? {
    guard let hundredths = Int(exactly: (score * 100).rounded()), abs(hundredths) < 1_000_000 else {
      return nil
    }
    let decimals = abs(hundredths) % 100
    return "\(hundredths < 0 ? "-" : "")\(abs(hundredths) / 100)."
      + "\(decimals < 10 ? "0" : "")\(decimals)"
  }

  /// Draws nothing for a figure that lies outside the picture, or where letters would be too small.
  ///
  /// - Parameter top: what the label has to stay above besides the head.
  mutating func draw(
    _ text: String, for figure: Figure, above top: Double?, on context: Context
  ) {
    guard let extent = figure.extent, extent.maxX >= 0, extent.maxY >= 0,
      extent.x <= metrics.width, extent.y <= metrics.height
    else { return }
    var size = metrics.fontSize
    var advance = context.measure(text, size: size).advance
    let room = metrics.width / (advance + size * 0.9)
    if room < 1 {
      size *= room
      advance *= room
    }
    guard size >= OverlayMetrics.smallestFont, size * 1.45 <= metrics.height else { return }
    let (width, height) = (advance + size * 0.9, size * 1.45)
    let gap = size * 0.25
    let bottom = min(figure.headTop(in: extent), top ?? .infinity) - gap
    let above = PictureBox(
      x: figure.headX(in: extent) - width / 2, y: bottom - height, width: width, height: height)
    let box = freeBox(near: elsewhere(above, for: figure, in: extent, gap: gap) ?? above)
    taken.append(box)
    context.fill(.roundedBox(box, radius: size * 0.35), Palette.edge.opacity(0.78))
    let rise = context.measure("0", size: size).rise
    context.draw(
      text, at: PicturePoint(x: box.x + size * 0.45, y: box.center.y + rise / 2), size: size,
      figure.palette.accent)
  }

  /// Beside the head or the part, else below, where there is room in the picture and no label yet; nil
  /// where the place above can be had, or none of these.
  private func elsewhere(
    _ above: PictureBox, for figure: Figure, in extent: PictureBox, gap: Double
  ) -> PictureBox? {
    let head = figure.head(in: extent)
    guard above.y < 0, kept(above).intersectionOverUnion(head) > 0 else { return nil }
    let level = max(0, min(head.y, metrics.height - above.height))
    let corners = [
      (head.maxX + gap, level), (head.x - gap - above.width, level),
      (kept(above).x, head.maxY + gap),
    ]
    let places = corners.map {
      PictureBox(x: $0, y: $1, width: above.width, height: above.height)
    }
    return places.first { place in
      kept(place) == place && !taken.contains { $0.intersectionOverUnion(place) > 0 }
    }
  }

  /// `wanted`, moved into the picture and then to the nearest place above or below that no label
  /// has yet; on top of another where there is none.
  private func freeBox(near wanted: PictureBox) -> PictureBox {
    let inside = kept(wanted)
    for step in 0...12 {
      for direction in [-1.0, 1] {
        var moved = inside
        moved.y += direction * Double(step) * wanted.height * 0.55
        let candidate = kept(moved)
        if !taken.contains(where: { $0.intersectionOverUnion(candidate) > 0 }) { return candidate }
      }
    }
    return inside
  }

  private func kept(_ box: PictureBox) -> PictureBox {
    var box = box
    box.x = max(0, min(box.x, metrics.width - box.width))
    box.y = max(0, min(box.y, metrics.height - box.height))
    return box
  }
}

extension Figure {
  /// The middle of the face, else of the joints in the upper fifth of the person.
  fileprivate func headX(in extent: PictureBox) -> Double {
    let upper = joints.map(\.position).filter { $0.y <= extent.y + extent.height / 5 }
    return (face ?? PictureBox(around: upper) ?? extent).center.x
  }

  /// The face, else the whole figure, with the joints' radius around.
  fileprivate func head(in extent: PictureBox) -> PictureBox {
    let box = face ?? extent
    let radius = joints.map(\.radius).max() ?? 0
    return PictureBox(
      x: box.x - radius, y: box.y - radius, width: box.width + radius * 2,
      height: box.height + radius * 2)
  }

  /// The keypoints of a face are the eyes and below. How much higher the crown is follows from the
  /// ears' distance, from the mouth's where the face is seen from its side, or else from the
  /// person's height.
  fileprivate func headTop(in extent: PictureBox) -> Double {
    let largestRadius = joints.map(\.radius).max() ?? 0
    let rise = max(
      extent.height * 0.1, (face?.width ?? 0) * 0.75, (face?.height ?? 0) * 1.6, largestRadius * 2)
    return (face ?? extent).y - rise
  }
}
