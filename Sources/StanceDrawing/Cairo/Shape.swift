import StancePose

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// What a ``Context`` fills.
enum Shape {
  case circle(center: PicturePoint, radius: Double)
  /// All that lies within `radius` of the line: a stroke with round ends.
  case capsule(from: PicturePoint, to: PicturePoint, radius: Double)
  case roundedBox(PictureBox, radius: Double)

  /// The same shape with its edge `distance` further out, or in where that is negative; at the
  /// least a point.
  func grown(by distance: Double) -> Shape {
    switch self {
    case .circle(let center, let radius): .circle(center: center, radius: max(0, radius + distance))
    case .capsule(let start, let end, let radius):
      .capsule(from: start, to: end, radius: max(0, radius + distance))
    case .roundedBox(let box, let radius):
      .roundedBox(
        PictureBox(
          x: box.x - distance, y: box.y - distance, width: max(0, box.width + 2 * distance),
          height: max(0, box.height + 2 * distance)),
        radius: max(0, radius + distance))
    }
  }
}

/// Red, green and blue of sRGB and the alpha that is not yet multiplied in, each 0...1.
struct Color: Hashable, Sendable {
  var red: Double
  var green: Double
  var blue: Double
  var alpha = 1.0

  func opacity(_ alpha: Double) -> Color {
    Color(red: red, green: green, blue: blue, alpha: self.alpha * alpha)
  }

  /// `share` of `other` and the rest of this one.
  func mixed(with other: Color, share: Double) -> Color {
    Color(
      red: red + (other.red - red) * share, green: green + (other.green - green) * share,
      blue: blue + (other.blue - blue) * share, alpha: alpha)
  }
}

extension Point where Space == PictureSpace {
  /// The angle from the x axis towards the y axis, in radians; 0 for the same point.
  func direction(to other: PicturePoint) -> Double {
    atan2(other.y - y, other.x - x)
  }
}
