/// Where the rows of a tensor of bytes lie.
struct PictureRows {
  let base: UnsafePointer<UInt8>
  /// Bytes from one row to the next.
  let rowStride: Int

  /// - Parameter row: counted through all pictures.
  @inline(__always)
  func row(_ row: Int) -> UnsafePointer<UInt8> {
    base + row * rowStride
  }
}
