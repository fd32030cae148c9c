/// Width and height in whole pixels, each at least 1.
public struct PixelSize: Hashable, Sendable {
  /// The longest side that is accepted.
  public static let longestSide = 1 << 20
  /// The most pixels that are accepted: 268 million, as for decoded pictures.
  public static let mostPixels = 1 << 28

  /// Columns.
  public let width: Int
  /// Rows.
  public let height: Int

  /// - Throws: ``ImagingError`` where a side is below 1 or above ``longestSide``, or where there
  ///   would be more than ``mostPixels``.
  public init(width: Int, height: Int) throws {
    guard width >= 1, height >= 1 else {
      throw ImagingError(
        .invalidSize, "a picture of \(width)x\(height) pixels: both sides must be at least 1")
    }
    guard width <= Self.longestSide, height <= Self.longestSide,
      width * height <= Self.mostPixels
    else {
      throw ImagingError(
        .invalidSize,
        "a picture of \(width)x\(height) pixels is too large: at most \(Self.longestSide) a side"
          + " and \(Self.mostPixels) in all")
    }
    self.width = width
    self.height = height
  }

  init(of picture: PixelBuffer) {
    width = picture.width
    height = picture.height
  }
}

/// A rectangle of whole pixels; it may reach beyond the picture that it is laid on.
public struct PixelRectangle: Hashable, Sendable {
  /// The left edge; negative where it lies outside of the picture.
  public let x: Int
  /// The top edge; negative where it lies outside of the picture.
  public let y: Int
  /// How wide and high it is.
  public let size: PixelSize

  /// Columns.
  public var width: Int { size.width }
  /// Rows.
  public var height: Int { size.height }

  /// - Throws: ``ImagingError`` where the corner lies further out than any picture reaches.
  public init(x: Int, y: Int, size: PixelSize) throws {
    let reach = -PixelSize.longestSide...PixelSize.longestSide
    guard reach.contains(x), reach.contains(y) else {
      throw ImagingError(
        .invalidRegion, "a rectangle at (\(x), \(y)) lies outside of every possible picture")
    }
    self.x = x
    self.y = y
    self.size = size
  }

  init(whole size: PixelSize) {
    (x, y, self.size) = (0, 0, size)
  }
}
