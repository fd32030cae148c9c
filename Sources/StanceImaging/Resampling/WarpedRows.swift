import StancePose

/// Rows sampled from a picture point by point through an affine transform.
struct WarpedRows: RowSource {
  private let picture: PixelBuffer
  private let transform: AffineTransform<ModelSpace, ImageSpace>
  private let interpolation: WarpInterpolation
  private let border: Border
  /// Added to a target index to get the point that the transform takes, and taken off its result.
  private let center: Double

  init(
    _ picture: PixelBuffer, transform: AffineTransform<ModelSpace, ImageSpace>,
    interpolation: WarpInterpolation, border: Border
  ) {
    self.picture = picture
    self.transform = transform
    self.interpolation = interpolation
    self.border = border
    center =
      switch interpolation {
      case .nearest, .bilinear: 0.5
      case .cornerBilinear, .openCV: 0
      }
  }

  func write(row y: Int, into target: UnsafeMutableBufferPointer<Float>) {
    picture.pixels.withUnsafeBufferPointer { pixels in
      for x in 0..<target.count / 3 {
        let point = transform(ModelPoint(x: Double(x) + center, y: Double(y) + center))
        let (u, v) = (clamped(point.x - center), clamped(point.y - center))
        let place = UnsafeMutableBufferPointer(rebasing: target[x * 3..<x * 3 + 3])
        switch interpolation {
        case .nearest:
          let (column, row) = (Int((u + 0.5).rounded(.down)), Int((v + 0.5).rounded(.down)))
          for channel in 0..<3 { place[channel] = sample(pixels, column, row, channel) }
        case .bilinear, .cornerBilinear:
          let (left, top) = (u.rounded(.down), v.rounded(.down))
          mix(pixels, Int(left), Int(top), Float(u - left), Float(v - top), into: place)
        case .openCV:
          let (column, row) = (
            Int((u * 32).rounded(.toNearestOrEven)), Int((v * 32).rounded(.toNearestOrEven))
          )
          mix(
            pixels, column >> 5, row >> 5, Float(column & 31) / 32, Float(row & 31) / 32,
            into: place)
          // The sums are whole 1024ths, so float holds them exactly and half goes up.
          for channel in 0..<3 { place[channel] = (place[channel] + 0.5).rounded(.down) }
        }
      }
    }
  }

  /// Keeps positions far outside convertible; they show the border all the same.
  private func clamped(_ position: Double) -> Double {
    let limit = Double(4 * PixelSize.longestSide)
    return min(max(position, -limit), limit)
  }

  private func mix(
    _ pixels: UnsafeBufferPointer<UInt8>, _ column: Int, _ row: Int, _ right: Float,
    _ down: Float, into place: UnsafeMutableBufferPointer<Float>
  ) {
    let weights = (
      (1 - right) * (1 - down), right * (1 - down), (1 - right) * down, right * down
    )
    for channel in 0..<3 {
      place[channel] =
        weights.0 * sample(pixels, column, row, channel)
        + weights.1 * sample(pixels, column + 1, row, channel)
        + weights.2 * sample(pixels, column, row + 1, channel)
        + weights.3 * sample(pixels, column + 1, row + 1, channel)
    }
  }

  private func sample(
    _ pixels: UnsafeBufferPointer<UInt8>, _ column: Int, _ row: Int, _ channel: Int
  ) -> Float {
    let (lastColumn, lastRow) = (picture.width - 1, picture.height - 1)
    if border == .zero, column < 0 || row < 0 || column > lastColumn || row > lastRow { return 0 }
    let (x, y) = (min(max(column, 0), lastColumn), min(max(row, 0), lastRow))
    return Float(pixels[(y * picture.width + x) * 3 + channel])
  }
}

/// The ways of ``Interpolation`` that can follow any affine transform.
enum WarpInterpolation {
  case nearest, bilinear, cornerBilinear, openCV
}
