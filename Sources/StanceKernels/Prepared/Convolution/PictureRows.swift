/// Where the rows of a tensor of bytes lie: one behind the other, or the last few of them in a ring.
struct PictureRows {
  let base: UnsafePointer<UInt8>
  /// Bytes from one row to the next.
  let rowStride: Int
  /// How many rows the ring holds; 0 where all rows have their own place.
  var ringCount = 0

  /// - Parameter row: counted through all pictures.
  @inline(__always)
  func row(_ row: Int) -> UnsafePointer<UInt8> {
    base + (ringCount == 0 ? row : row % ringCount) * rowStride
  }
}
