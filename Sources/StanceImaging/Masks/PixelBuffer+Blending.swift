extension PixelBuffer {
  /// A picture of one colour.
  public init(size: PixelSize, red: UInt8, green: UInt8, blue: UInt8) {
    let pixels = [UInt8](unsafeUninitializedCapacity: size.width * size.height * 3) {
      target, count in
      count = size.width * size.height * 3
      for index in stride(from: 0, to: count, by: 3) {
        (target[index], target[index + 1], target[index + 2]) = (red, green, blue)
      }
    }
    self.init(width: size.width, height: size.height, pixels: pixels)
  }

  /// This picture inside of `mask`, `background` outside of it.
  /// - Throws: ``ImagingError`` where the three are not of the same size.
  public func blended(onto background: PixelBuffer, inside mask: Mask) throws -> PixelBuffer {
    try requireSameSize(as: mask)
    guard background.width == width, background.height == height else {
      throw ImagingError(
        .invalidSize,
        "a background of \(background.width)x\(background.height) pixels cannot lie behind a "
          + "picture of \(width)x\(height); resize it first")
    }
    var result = background
    result.pixels.withUnsafeMutableBufferPointer { target in
      for index in mask.coverage.indices {
        let share = Int(mask.coverage[index])
        guard share > 0 else { continue }
        for place in index * 3..<index * 3 + 3 {
          let sum = Int(pixels[place]) * share + Int(target[place]) * (255 - share)
          target[place] = UInt8((sum + 127) / 255)
        }
      }
    }
    return result
  }

  /// This picture as large as it takes to cover `size` with its proportions, cut to it in the
  /// middle: a background.
  public func covering(_ size: PixelSize) throws -> PixelBuffer {
    let isWide = width * size.height > height * size.width
    let part = try PixelSize(
      width: isWide ? max(height * size.width / size.height, 1) : width,
      height: isWide ? height : max(width * size.height / size.width, 1))
    let source = try PixelRectangle(
      x: (width - part.width) / 2, y: (height - part.height) / 2, size: part)
    let isReduced = part.width > size.width
    return try rendered(
      .cropped(image: self.size, to: source, input: size),
      by: isReduced ? .area : .bilinear(.half), border: .replicated)
  }

  func requireSameSize(as mask: Mask) throws {
    guard mask.width == width, mask.height == height else {
      throw ImagingError(
        .invalidSize,
        "a mask of \(mask.width)x\(mask.height) pixels does not fit a picture of "
          + "\(width)x\(height); make one of the picture's size")
    }
  }
}
