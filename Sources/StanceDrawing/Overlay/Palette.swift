import StancePose

/// The colours of one person's drawing.
struct Palette: Hashable, Sendable {
  let left: Color
  let middle: Color
  let right: Color
  /// Of the box and the label.
  let accent: Color

  static let edge = Color(red: 0.06, green: 0.06, blue: 0.09)
  private static let white = Color(red: 1, green: 1, blue: 1)

  subscript(side: Skeleton.Side) -> Color {
    switch side {
    case .left: left
    case .middle: middle
    case .right: right
    }
  }

  /// Orange, white and blue: for a person who is alone in the picture.
  static let sides = Palette(
    left: Color(red: 1, green: 0.58, blue: 0.05),
    middle: Color(red: 0.97, green: 0.97, blue: 0.95),
    right: Color(red: 0.20, green: 0.68, blue: 1), accent: white)

  /// For the person at `index` among several; the colours repeat.
  static func person(_ index: Int) -> Palette {
    let hue = hues[index % hues.count]
    return Palette(
      left: hue.mixed(with: white, share: 0.45), middle: hue,
      right: hue.mixed(with: edge, share: 0.22), accent: hue.mixed(with: white, share: 0.15))
  }

  /// After Okabe and Ito's colours for all kinds of sight, a little brighter as they lie on photos;
  /// neighbours differ most.
  private static let hues = [
    Color(red: 1, green: 0.62, blue: 0),
    Color(red: 0.20, green: 0.66, blue: 1),
    Color(red: 0.10, green: 0.80, blue: 0.52),
    Color(red: 0.95, green: 0.45, blue: 0.75),
    Color(red: 0.97, green: 0.90, blue: 0.20),
    Color(red: 0.96, green: 0.30, blue: 0.16),
    Color(red: 0.45, green: 0.42, blue: 1),
    Color(red: 0.45, green: 0.92, blue: 0.95),
  ]
}
