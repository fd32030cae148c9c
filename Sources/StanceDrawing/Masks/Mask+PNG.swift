import StanceImaging

extension Mask {
  /// The mask as a PNG file of one 8-bit channel: white inside, black outside.
  ///
  /// - Throws: ``DrawingError`` where a side is longer than 32767 pixels or memory is short.
  public func pngBytes() throws -> [UInt8] {
    try Surface.grey(width: width, height: height, coverage).encoded()
  }
}

extension PartMap {
  /// The map as a PNG file of one 8-bit channel: the parts' labels, 0 where there is nobody. It
  /// looks black to people; ``colored()`` is for them.
  ///
  /// - Throws: ``DrawingError`` where a side is longer than 32767 pixels or memory is short.
  public func pngBytes() throws -> [UInt8] {
    try Surface.grey(width: width, height: height, labels).encoded()
  }
}

extension PixelBuffer {
  /// The picture inside of `mask` and nothing outside, as a PNG file of 8-bit RGBA.
  ///
  /// - Throws: ``DrawingError`` where the mask is of another size, a side is longer than 32767
  ///   pixels or memory is short.
  public func pngBytes(cutOutBy mask: Mask) throws -> [UInt8] {
    guard mask.width == width, mask.height == height else {
      throw DrawingError.invalidOption(
        "a mask of \(mask.width) x \(mask.height) pixels does not fit a picture of "
          + "\(width) x \(height)")
    }
    return try Surface.picture(self, alpha: mask.coverage).encoded()
  }
}
