import StanceImaging

extension PixelBuffer {
  /// The picture itself, or, where a side is longer than `maximumSide`, reduced by the smallest
  /// whole factor that makes it fit. Each pixel is the mean of the square it stands for; the squares
  /// at the right and bottom edges may be cut short.
  func reduced(toSide maximumSide: Int) -> PixelBuffer {
    let longer = max(width, height)
    guard maximumSide > 0, longer > maximumSide else { return self }
    let factor = (longer - 1) / maximumSide + 1
    let (newWidth, newHeight) = ((width - 1) / factor + 1, (height - 1) / factor + 1)
    var reduced = [UInt8](repeating: 0, count: newWidth * newHeight * 3)
    for row in 0..<newHeight {
      let rows = row * factor..<min((row + 1) * factor, height)
      for column in 0..<newWidth {
        let columns = column * factor..<min((column + 1) * factor, width)
        let area = rows.count * columns.count
        for channel in 0..<3 {
          var sum = area / 2
          for y in rows {
            for x in columns { sum += Int(pixels[(y * width + x) * 3 + channel]) }
          }
          reduced[(row * newWidth + column) * 3 + channel] = UInt8(sum / area)
        }
      }
    }
    return PixelBuffer(width: newWidth, height: newHeight, pixels: reduced)
  }
}
