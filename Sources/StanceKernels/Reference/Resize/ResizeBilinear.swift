import StanceTensors

extension Reference {
  /// Interpolates float32 between the four nearest pixels: x `[N, H, W, C]`, output
  /// `[N, oH, oW, C]`.
  ///
  /// Output pixel `o` looks at `o * size / outputSize`; with half-pixel centres at
  /// `(o + 0.5) * size / outputSize - 0.5`; with aligned corners at
  /// `o * (size - 1) / (outputSize - 1)`; each within the picture.
  public static func resizeBilinearFloat(
    _ input: TensorView, output: MutableTensorView, alignsCorners: Bool,
    usesHalfPixelCenters: Bool
  ) {
    let x = input.elements(of: Float.self)
    let y = output.elements(of: Float.self)
    forEachSample(
      input.shape, output.shape, alignsCorners: alignsCorners,
      usesHalfPixelCenters: usesHalfPixelCenters
    ) { first, corners, row, column in
      for channel in 0..<input.shape[3] {
        let topLeft = x[corners.topLeft + channel]
        let bottomLeft = x[corners.bottomLeft + channel]
        let top = topLeft + (x[corners.topRight + channel] - topLeft) * column.fraction
        let bottom =
          bottomLeft + (x[corners.bottomRight + channel] - bottomLeft) * column.fraction
        y[first + channel] = top + (bottom - top) * row.fraction
      }
    }
  }

  /// Interpolates 8-bit integers with weights of 11 bits, rounded half up, as XNNPACK does. Input
  /// and output share one quantisation.
  public static func resizeBilinearQuantized(
    _ input: TensorView, output: MutableTensorView, alignsCorners: Bool,
    usesHalfPixelCenters: Bool
  ) {
    switch output.elementType {
    case .uint8:
      resizeBilinear(
        input, output: output, alignsCorners: alignsCorners,
        usesHalfPixelCenters: usesHalfPixelCenters, of: UInt8.self)
    default:
      resizeBilinear(
        input, output: output, alignsCorners: alignsCorners,
        usesHalfPixelCenters: usesHalfPixelCenters, of: Int8.self)
    }
  }

  private static func resizeBilinear<Element: TensorElement & FixedWidthInteger>(
    _ input: TensorView, output: MutableTensorView, alignsCorners: Bool,
    usesHalfPixelCenters: Bool, of type: Element.Type
  ) {
    let x = input.elements(of: type)
    let y = output.elements(of: type)
    forEachSample(
      input.shape, output.shape, alignsCorners: alignsCorners,
      usesHalfPixelCenters: usesHalfPixelCenters
    ) { first, corners, row, column in
      let horizontal = (column.fraction * 2048).roundedToEven
      let vertical = (row.fraction * 2048).roundedToEven
      for channel in 0..<input.shape[3] {
        let topLeft = Int32(x[corners.topLeft + channel])
        let bottomLeft = Int32(x[corners.bottomLeft + channel])
        let top =
          topLeft << 11 + (Int32(x[corners.topRight + channel]) - topLeft) * horizontal
        let bottom =
          bottomLeft << 11 + (Int32(x[corners.bottomRight + channel]) - bottomLeft) * horizontal
        let sum = top << 11 + (bottom - top) * vertical
        y[first + channel] = Element(truncatingIfNeeded: (sum + 1 << 21) >> 22)
      }
    }
  }

  /// Positions of the first channels of four pixels.
  private struct Corners {
    let topLeft: Int
    let topRight: Int
    let bottomLeft: Int
    let bottomRight: Int
  }

  /// Two neighbours along one axis, and how far between them to look.
  struct Sample {
    let lower: Int
    let upper: Int
    let fraction: Float
  }

  static func samples(
    _ size: Int, _ outputSize: Int, _ alignsCorners: Bool, _ usesHalfPixelCenters: Bool
  ) -> [Sample] {
    let adjustment = alignsCorners && outputSize != 1 ? 1 : 0
    let scale = Float(size - adjustment) / Float(outputSize - adjustment)
    let isCentered = usesHalfPixelCenters && !alignsCorners
    let offset = isCentered ? 0.5 * scale - 0.5 : 0
    return (0..<outputSize).map {
      let position = min(max(Float($0) * scale + offset, 0), Float(size - 1))
      let lower = min(Int(position), size - 1)
      return Sample(
        lower: lower, upper: min(lower + 1, size - 1), fraction: position - Float(lower))
    }
  }

  @inline(__always)
  private static func forEachSample(
    _ input: Shape, _ output: Shape, alignsCorners: Bool, usesHalfPixelCenters: Bool,
    _ body: (Int, Corners, Sample, Sample) -> Void
  ) {
    guard output.elementCount > 0, input.elementCount > 0 else { return }
    let (height, width, channels) = (input[1], input[2], input[3])
    let rows = samples(height, output[1], alignsCorners, usesHalfPixelCenters)
    let columns = samples(width, output[2], alignsCorners, usesHalfPixelCenters)
    var first = 0
    for n in 0..<output[0] {
      for row in rows {
        let top = (n * height + row.lower) * width
        let bottom = (n * height + row.upper) * width
        for column in columns {
          let corners = Corners(
            topLeft: (top + column.lower) * channels, topRight: (top + column.upper) * channels,
            bottomLeft: (bottom + column.lower) * channels,
            bottomRight: (bottom + column.upper) * channels)
          body(first, corners, row, column)
          first += channels
        }
      }
    }
  }
}
