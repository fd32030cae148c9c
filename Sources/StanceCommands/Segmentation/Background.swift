import Foundation
import StanceImaging
import StanceMedia

/// What people stand before in a finished picture.
enum Background: Sendable {
  /// What is there, blurred.
  case blur
  case color(red: UInt8, green: UInt8, blue: UInt8)
  /// As large as the picture in the middle, cut where its proportions differ.
  case picture(PixelBuffer)

  private static let colors: [String: UInt32] = [
    "black": 0x000000, "white": 0xFFFFFF, "grey": 0x808080, "gray": 0x808080, "red": 0xFF0000,
    "green": 0x00FF00, "blue": 0x0000FF,
  ]

  /// - Parameter text: `blur`, a colour's name, `#rrggbb`, or the path of a picture.
  /// - Throws: ``CommandError`` where it is none of these or the picture cannot be read.
  init(_ text: String) throws {
    if text == "blur" {
      self = .blur
    } else if let number = Self.colors[text.lowercased()] ?? Self.hexadecimal(text) {
      self = .color(
        red: UInt8(truncatingIfNeeded: number >> 16), green: UInt8(truncatingIfNeeded: number >> 8),
        blue: UInt8(truncatingIfNeeded: number))
    } else {
      guard case .file = PathStatus(text) else {
        throw CommandError.usage(
          "--background is \(text); it must be blur, a colour (#rrggbb, "
            + "\(Self.colors.keys.sorted().joined(separator: ", "))), or a picture's path")
      }
      do {
        self = .picture(try ImageDecoder.read(path: text).pixels)
      } catch {
        throw CommandError.failed("\(error)")
      }
    }
  }

  private static func hexadecimal(_ text: String) -> UInt32? {
    let digits = text.dropFirst()
    guard text.first == "#", digits.count == 6, digits.allSatisfy(\.isHexDigit) else { return nil }
    return UInt32(digits, radix: 16)
  }

  /// The people of `picture`, who are inside of `mask`, before this background.
  func placed(behind picture: PixelBuffer, inside mask: Mask) throws -> PixelBuffer {
    switch self {
    case .blur: try picture.blurringBackground(of: mask)
    case .color(let red, let green, let blue):
      try picture.blended(
        onto: PixelBuffer(size: picture.size, red: red, green: green, blue: blue), inside: mask)
    case .picture(let other): try picture.blended(onto: other.covering(picture.size), inside: mask)
    }
  }
}
