import StanceImaging

/// A picture read from a file, upright, on white where it was transparent.
public struct DecodedImage: Hashable, Sendable {
  /// The picture; smaller than the whole one where that was asked for.
  public let pixels: PixelBuffer
  /// The whole upright picture's width and height, also where ``pixels`` is smaller.
  public let width: Int
  public let height: Int
  /// How many pixels of the whole picture, in each direction, one of ``pixels`` stands for: 1 unless
  /// a JPEG was decoded smaller (2, 8/3, 4 or 8). A point of ``pixels`` times this is the point of the
  /// whole picture; the last row and column may reach beyond its edge.
  public let reduction: Double

  public init(pixels: PixelBuffer, width: Int, height: Int, reduction: Double = 1) {
    self.pixels = pixels
    self.width = width
    self.height = height
    self.reduction = reduction
  }
}

/// Reads JPEG, PNG, BMP, WebP, GIF (the first frame) and TIFF (the first page).
///
/// The format is recognised by the content, never by a name. EXIF orientation is applied,
/// transparency composited onto white, 16-bit channels keep their high byte, CMYK is converted
/// without colour profiles. A truncated or damaged picture is an error, never a partial one.
public enum ImageDecoder {
  /// The largest picture that is decoded: 268 million pixels.
  public static let mostPixels = PixelSize.mostPixels
  /// The largest file that is read: 1 GiB.
  public static let mostBytes = 1 << 30

  /// The usual endings of such files' names, in lower case without the dot, to pick pictures out of
  /// a folder.
  public static let fileExtensions: Set<String> = [
    "jpg", "jpeg", "jpe", "jfif", "png", "bmp", "dib", "webp", "gif", "tif", "tiff",
  ]

  /// Decodes a picture from memory.
  ///
  /// - Parameters:
  ///   - name: what errors call the picture.
  ///   - side: if the picture is needed only this large, a JPEG may be decoded to a smaller size
  ///     (1/2, 3/8, 1/4, 1/8) of which both sides still have at least this many pixels.
  /// - Throws: ``MediaError``.
  public static func decode(
    _ bytes: [UInt8], name: String, atLeast side: Int? = nil
  ) throws -> DecodedImage {
    do {
      return try decode(bytes, atLeast: side)
    } catch let failure as MediaFailure {
      throw failure.named(name)
    }
  }

  /// Reads a picture from a file, or from standard input where `path` is `-`.
  /// - Throws: ``MediaError``.
  public static func read(path: String, atLeast side: Int? = nil) throws -> DecodedImage {
    try PictureFile(path: path).decoded(atLeast: side)
  }

  private static func decode(_ bytes: [UInt8], atLeast side: Int?) throws -> DecodedImage {
    let still: StillPicture
    switch try ImageFormat(recognizing: bytes) {
    case .jpeg: return try JPEGDecoder.decode(bytes, atLeast: side)
    case .png: still = try PNGFile.picture(in: bytes)
    case .bmp: still = try BMPFile.picture(in: bytes)
    case .gif: still = try GIFFile.picture(in: bytes)
    case .webP: still = try WebPFile.picture(in: bytes)
    case .tiff: still = try TIFFFile.picture(in: bytes)
    }
    let pixels = try StillDecoder.decode(still).upright(from: still.orientation)
    return DecodedImage(pixels: pixels, width: pixels.width, height: pixels.height)
  }

  /// - Throws: where a side is 0 or there are more than ``mostPixels``.
  static func checkSize(width: Int, height: Int) throws {
    guard width > 0, height > 0 else {
      throw MediaFailure.damaged("its size is \(width)x\(height) pixels")
    }
    let (count, overflow) = width.multipliedReportingOverflow(by: height)
    guard !overflow, count <= mostPixels else {
      throw MediaFailure.tooLarge(width: width, height: height)
    }
  }
}
