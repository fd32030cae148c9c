/// How pixels between the picture's pixels are made, with the pixel-centre convention of each.
///
/// `i` is the index of a pixel made, `scale` the source's side divided by the target's, and
/// results are positions counted in source pixel indices, of which 0 is the first pixel itself.
public enum Interpolation: Hashable, Sendable {
  /// The one pixel at `floor((i + 0.5) * scale)`, as PIL's NEAREST and Coral's programs.
  case nearest

  /// A straight line between the two neighbours in each direction, without regard to pixels
  /// that are passed over when shrinking. Beyond the outermost pixels, those are repeated.
  case bilinear(PixelCenters)

  /// A triangle as wide as the scale when shrinking, so that every source pixel counts (antialias):
  /// PIL's BILINEAR, byte by byte (weights of 22 bits, each pass rounded to 8 bits; centres at
  /// `(i + 0.5) * scale - 0.5`).
  case triangle

  /// The mean of the source region `i * scale ..< (i + 1) * scale`, parts of pixels counting in
  /// part. When shrinking it is OpenCV's INTER_AREA; when enlarging it stays this mean.
  case area

  /// OpenCV's warpPerspective with INTER_LINEAR, as MediaPipe prepares its inputs: index `i` shows
  /// the position `i * scale` from the region's corner (no half pixel), positions are rounded to
  /// 1/32 pixel, values to 8 bits. The border counts as pixels around the picture.
  case openCVWarp

  /// Where the centres of pixels lie.
  public enum PixelCenters: Hashable, Sendable {
    /// `(i + 0.5) * scale - 0.5`: OpenCV's resize, and TensorFlow's with half-pixel centres.
    case half
    /// `i * scale`: TensorFlow 1 and TensorFlow.js.
    case corner
    /// `i * (source - 1) / (target - 1)`: the outermost pixels fall on each other.
    case aligned
  }
}

/// What lies around a picture.
public enum Border: Hashable, Sendable {
  /// Black.
  case zero
  /// The outermost pixels, repeated.
  case replicated
}
