/// A strong blur in which pixels count by a weight of their own, so that what counts nothing leaves
/// no halo.
///
/// Weighted colours are averaged over blocks, blurred there by three boxes, which together are near
/// a Gaussian, and interpolated back to pixels.
struct WeightedBlur {
  private let columns: Int
  private let rows: Int
  private let block: Int
  /// `[rows, columns, 4]`: red, green, blue times weight, and the weight.
  private var cells: [Float]

  /// - Parameters:
  ///   - radius: the standard deviation in pixels, 1 or more.
  ///   - weight: of the pixel with this number, 0...255.
  init(_ picture: PixelBuffer, radius: Int, weight: (Int) -> UInt8) {
    block = max(radius / 4, 1)
    columns = (picture.width - 1) / block + 1
    rows = (picture.height - 1) / block + 1
    cells = [Float](repeating: 0, count: rows * columns * 4)
    for y in 0..<picture.height {
      for x in 0..<picture.width {
        let pixel = y * picture.width + x
        let share = Float(weight(pixel))
        guard share > 0 else { continue }
        let cell = (y / block * columns + x / block) * 4
        for channel in 0..<3 {
          cells[cell + channel] += share * Float(picture.pixels[pixel * 3 + channel])
        }
        cells[cell + 3] += share
      }
    }
    // Three boxes of side n have the variance (n^2 - 1) / 4.
    let side = (4 * Float(radius * radius) / Float(block * block) + 1).squareRoot()
    let reach = max(Int(side / 2), 1)
    for _ in 0..<3 {
      cells = Self.boxed(cells, lines: rows, count: columns, reach: reach)
      cells = Self.boxed(cells, lines: columns, count: rows, reach: reach)
    }
  }

  /// The colour at a pixel; nil where nothing near it counts.
  func color(x: Int, y: Int) -> (UInt8, UInt8, UInt8)? {
    let column = min(max((Float(x) + 0.5) / Float(block) - 0.5, 0), Float(columns - 1))
    let row = min(max((Float(y) + 0.5) / Float(block) - 0.5, 0), Float(rows - 1))
    let (left, top) = (Int(column), Int(row))
    let (far, bottom) = (min(left + 1, columns - 1), min(top + 1, rows - 1))
    let (right, down) = (column - Float(left), row - Float(top))
    func value(_ channel: Int) -> Float {
      let upper =
        (1 - right) * cells[(top * columns + left) * 4 + channel]
        + right * cells[(top * columns + far) * 4 + channel]
      let lower =
        (1 - right) * cells[(bottom * columns + left) * 4 + channel]
        + right * cells[(bottom * columns + far) * 4 + channel]
      return (1 - down) * upper + down * lower
    }
    let weight = value(3)
    guard weight > 1e-3 else { return nil }
    func byte(_ channel: Int) -> UInt8 { UInt8(min(max(value(channel) / weight, 0), 255) + 0.5) }
    return (
      byte(0), byte(1),
      byte(2)
    )
  }

  /// Sums over `reach` cells to both sides along each line, and the result turned by the diagonal.
  private static func boxed(_ cells: [Float], lines: Int, count: Int, reach: Int) -> [Float] {
    var result = [Float](repeating: 0, count: cells.count)
    let scale = 1 / Float(2 * reach + 1)
    for line in 0..<lines {
      for channel in 0..<4 {
        let start = line * count * 4 + channel
        // Cells beyond the border count nothing, so that weights sink towards it with the colours.
        var sum = (0..<min(reach, count)).reduce(Float(0)) { $0 + cells[start + $1 * 4] }
        for index in 0..<count {
          if index + reach < count { sum += cells[start + (index + reach) * 4] }
          if index - reach > 0 { sum -= cells[start + (index - reach - 1) * 4] }
          // Rounding may leave a little less than nothing.
          result[(index * lines + line) * 4 + channel] = max(sum, 0) * scale
        }
      }
    }
    return result
  }
}

extension PixelBuffer {
  /// This picture inside of `mask`, and around it blurred, as a lens does it that is set on the
  /// people: what is inside does not colour what is around.
  ///
  /// - Parameter radius: the standard deviation in pixels; nil for a fortieth of the longer side.
  /// - Throws: ``ImagingError`` where the mask is of another size.
  public func blurringBackground(of mask: Mask, radius: Int? = nil) throws -> PixelBuffer {
    try requireSameSize(as: mask)
    let blur = WeightedBlur(self, radius: max(radius ?? max(width, height) / 40, 1)) {
      255 - mask.coverage[$0]
    }
    return try blended(onto: replacingPixels(by: blur) { mask.coverage[$0] < 255 }, inside: mask)
  }

  /// This picture, blurred inside of `mask`.
  ///
  /// - Parameter radius: the standard deviation in pixels.
  /// - Throws: ``ImagingError`` where the mask is of another size.
  public func blurred(inside mask: Mask, radius: Int) throws -> PixelBuffer {
    try requireSameSize(as: mask)
    let blur = WeightedBlur(self, radius: max(radius, 1)) { _ in 255 }
    return try replacingPixels(by: blur) { mask.coverage[$0] > 0 }
      .blended(onto: self, inside: mask)
  }

  private func replacingPixels(by blur: WeightedBlur, where isWanted: (Int) -> Bool) -> PixelBuffer
  {
    var result = self
    for y in 0..<height {
      for x in 0..<width {
        let pixel = y * width + x
        guard isWanted(pixel), let color = blur.color(x: x, y: y) else { continue }
        (result.pixels[pixel * 3], result.pixels[pixel * 3 + 1], result.pixels[pixel * 3 + 2]) =
          color
      }
    }
    return result
  }
}
