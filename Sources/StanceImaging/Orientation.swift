/// How a stored picture must be turned to stand upright; the raw values are EXIF's.
public enum Orientation: Int, Hashable, Sendable, CaseIterable {
  case upright = 1
  case mirrored = 2
  case upsideDown = 3
  case upsideDownMirrored = 4
  /// Rows become columns: mirrored along the diagonal from the top left.
  case transposed = 5
  /// A quarter turn clockwise makes it upright.
  case turnedLeft = 6
  /// Mirrored along the diagonal from the top right.
  case transversed = 7
  /// A quarter turn counter-clockwise makes it upright.
  case turnedRight = 8

  /// Whether width and height change places.
  public var swapsSides: Bool { rawValue >= 5 }
}

extension PixelBuffer {
  /// This picture, stored with `orientation`, as a person would see it.
  public func upright(from orientation: Orientation) -> PixelBuffer {
    guard orientation != .upright else { return self }
    // Where the first stored pixel lands, and how the target moves along a stored row and column.
    let (w, h) = (width, height)
    let rowLength = orientation.swapsSides ? h : w
    let (start, alongRow, alongColumn): (Int, Int, Int) =
      switch orientation {
      case .upright: (0, 1, rowLength)
      case .mirrored: (w - 1, -1, rowLength)
      case .upsideDown: (w * h - 1, -1, -rowLength)
      case .upsideDownMirrored: ((h - 1) * rowLength, 1, -rowLength)
      case .transposed: (0, rowLength, 1)
      case .turnedLeft: (h - 1, rowLength, -1)
      case .transversed: (w * h - 1, -rowLength, -1)
      case .turnedRight: ((w - 1) * rowLength, -rowLength, 1)
      }
    let turned = [UInt8](unsafeUninitializedCapacity: pixels.count) { target, count in
      pixels.withUnsafeBufferPointer { source in
        var index = 0
        for y in 0..<h {
          var place = start + y * alongColumn
          for _ in 0..<w {
            target[place * 3] = source[index]
            target[place * 3 + 1] = source[index + 1]
            target[place * 3 + 2] = source[index + 2]
            index += 3
            place += alongRow
          }
        }
      }
      count = pixels.count
    }
    return PixelBuffer(
      width: rowLength, height: orientation.swapsSides ? w : h, pixels: turned)
  }
}
