/// Reads pixels of a picture as vectors.
struct PixelReader {
  private let bytes: UnsafeRawPointer
  private let byteCount: Int

  /// Valid as long as `pixels` is.
  init?(_ pixels: UnsafeBufferPointer<UInt8>) {
    guard let address = pixels.baseAddress else { return nil }
    bytes = UnsafeRawPointer(address)
    byteCount = pixels.count
  }

  /// Red, green, blue, and a fourth number that means nothing.
  /// - Parameter offset: of the pixel's first byte, within the picture.
  @inline(__always)
  subscript(offset: Int) -> SIMD4<Float> { SIMD4<Float>(pixel(at: offset)) }

  @inline(__always)
  func pixel(at offset: Int) -> SIMD4<UInt8> {
    // Only behind the last pixel there is no fourth byte.
    guard offset + 4 > byteCount else {
      return bytes.loadUnaligned(fromByteOffset: offset, as: SIMD4<UInt8>.self)
    }
    return SIMD4(
      bytes.load(fromByteOffset: offset, as: UInt8.self),
      bytes.load(fromByteOffset: offset + 1, as: UInt8.self),
      bytes.load(fromByteOffset: offset + 2, as: UInt8.self), 0)
  }
}

extension UnsafeMutableBufferPointer<Float> {
  /// Writes the first three of `pixel` at pixel `x`. What lies behind them may change, up to the
  /// end, so that pixels are to be written in order.
  @inline(__always)
  func write(_ pixel: SIMD4<Float>, at x: Int) {
    guard let base = baseAddress else { return }
    let place = base + x * 3
    if x * 3 + 4 <= count {
      UnsafeMutableRawPointer(place).storeBytes(of: pixel, as: SIMD4<Float>.self)
    } else {
      (place[0], place[1], place[2]) = (pixel.x, pixel.y, pixel.z)
    }
  }
}
