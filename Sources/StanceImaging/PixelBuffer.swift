/// A picture in memory: 8 bits a channel, red, green and blue interleaved, rows from the top
/// without gaps, as a person would see it (orientation already applied).
public struct PixelBuffer: Hashable, Sendable {
  /// Columns, at least 1.
  public let width: Int
  /// Rows, at least 1.
  public let height: Int
  /// `height * width * 3` bytes, `[H, W, RGB]`.
  public var pixels: [UInt8]

  /// - Precondition: both sides are at least 1 and `pixels` has `height * width * 3` bytes.
  public init(width: Int, height: Int, pixels: [UInt8]) {
    precondition(width > 0 && height > 0 && pixels.count == width * height * 3)
    self.width = width
    self.height = height
    self.pixels = pixels
  }
}
