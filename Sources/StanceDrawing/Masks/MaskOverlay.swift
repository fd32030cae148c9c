import StanceImaging
import StancePose

/// A picture with people's masks laid over it in colour, each with a light line along its edge.
public struct MaskOverlay: Sendable {
  /// The picture and all that was laid over it so far.
  public private(set) var picture: PixelBuffer
  /// How much of the colour shows, 0...1.
  private let opacity: Double
  /// What shows somebody already.
  private var taken: Mask

  public init(_ picture: PixelBuffer, opacity: Double = 0.55) {
    self.picture = picture
    self.opacity = min(max(opacity, 0), 1)
    taken = Mask(
      width: picture.width, height: picture.height,
      coverage: [UInt8](repeating: 0, count: picture.width * picture.height))
  }

  /// Tints the person at `index` where no earlier one is; the colours repeat after eight people, and are those of
  /// ``PoseOverlay``.
  /// - Throws: ``DrawingError`` where the mask is not of the picture's size.
  public mutating func add(_ mask: Mask, person index: Int) throws {
    let color = Palette.person(index).middle
    try requireSize(width: mask.width, height: mask.height)
    var mask = mask
    for pixel in mask.coverage.indices {
      mask.coverage[pixel] = min(mask.coverage[pixel], 255 - taken.coverage[pixel])
    }
    taken.formUnion(mask)
    for pixel in mask.coverage.indices where mask.coverage[pixel] > 0 {
      tint(pixel, color, Double(mask.coverage[pixel]) / 255 * opacity)
    }
    drawEdge(of: mask, color.mixed(with: Color(red: 1, green: 1, blue: 1), share: 0.6))
  }

  /// Tints the parts of the body.
  /// - Throws: ``DrawingError`` where the map is not of the picture's size.
  public mutating func add(_ parts: PartMap) throws {
    try requireSize(width: parts.width, height: parts.height)
    let colors = BodyPart.allCases.map(\.color)
    for (pixel, label) in parts.labels.enumerated() where label > 0 {
      tint(pixel, colors[Int(label) - 1], opacity + 0.15)
    }
  }

  private func requireSize(width: Int, height: Int) throws {
    guard width == picture.width, height == picture.height else {
      throw DrawingError.invalidOption(
        "a mask of \(width) x \(height) pixels does not fit a picture of \(picture.width) x "
          + "\(picture.height)")
    }
  }

  private mutating func tint(_ pixel: Int, _ color: Color, _ share: Double) {
    let channels = color.bytes
    func mix(_ offset: Int, _ channel: UInt8) {
      let place = pixel * 3 + offset
      let old = Double(picture.pixels[place])
      picture.pixels[place] = UInt8(old + (Double(channel) - old) * min(share, 1))
    }
    mix(0, channels.0)
    mix(1, channels.1)
    mix(2, channels.2)
  }

  /// Pixels inside whose neighbour within a few pixels is outside; the line's width follows the
  /// picture's size.
  private mutating func drawEdge(of mask: Mask, _ color: Color) {
    let reach = max(max(picture.width, picture.height) / 600, 1)
    let (width, height) = (mask.width, mask.height)
    for y in 0..<height {
      for x in 0..<width {
        let pixel = y * width + x
        guard mask.coverage[pixel] >= 128 else { continue }
        let isEdge =
          (x >= reach && mask.coverage[pixel - reach] < 128)
          || (x + reach < width && mask.coverage[pixel + reach] < 128)
          || (y >= reach && mask.coverage[pixel - reach * width] < 128)
          || (y + reach < height && mask.coverage[pixel + reach * width] < 128)
        if isEdge { tint(pixel, color, 0.9) }
      }
    }
  }
}
