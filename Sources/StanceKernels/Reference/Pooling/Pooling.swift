import StanceTensors

extension Reference {
  /// Largest float32 under each window of `windowHeight` by `windowWidth`: x `[N, H, W, C]`, output
  /// `[N, oH, oW, C]`. Pixels outside of the picture do not count.
  public static func maxPooling(
    _ input: TensorView, output: MutableTensorView, windowHeight: Int, windowWidth: Int,
    geometry: WindowGeometry, bounds: ClosedRange<Float>
  ) {
    maxPooling(
      input, output: output, windowHeight: windowHeight, windowWidth: windowWidth,
      geometry: geometry, lowest: -Float.infinity, bounds: bounds)
  }

  /// Largest 8-bit integer under each window. Input and output share one quantisation.
  public static func maxPooling(
    _ input: TensorView, output: MutableTensorView, windowHeight: Int, windowWidth: Int,
    geometry: WindowGeometry, bounds: ClosedRange<Int32>
  ) {
    switch output.elementType {
    case .uint8:
      maxPooling(
        input, output: output, windowHeight: windowHeight, windowWidth: windowWidth,
        geometry: geometry, lowest: UInt8.min,
        bounds: UInt8(clamping: bounds.lowerBound)...UInt8(clamping: bounds.upperBound))
    default:
      maxPooling(
        input, output: output, windowHeight: windowHeight, windowWidth: windowWidth,
        geometry: geometry, lowest: Int8.min,
        bounds: Int8(clamping: bounds.lowerBound)...Int8(clamping: bounds.upperBound))
    }
  }

  private static func maxPooling<Element: TensorElement & Comparable>(
    _ input: TensorView, output: MutableTensorView, windowHeight: Int, windowWidth: Int,
    geometry: WindowGeometry, lowest: Element, bounds: ClosedRange<Element>
  ) {
    let x = input.elements(of: Element.self)
    let y = output.elements(of: Element.self)
    let pooling = Windows(
      input: input.shape, output: output.shape, height: windowHeight, width: windowWidth,
      geometry: geometry)
    pooling.visit { first, pixels in
      for channel in 0..<pooling.channelCount {
        var largest = lowest
        pixels.visit { pixel in
          let element = x[pixel + channel]
          if !(largest > element) { largest = element }
        }
        if largest < bounds.lowerBound { largest = bounds.lowerBound }
        if largest > bounds.upperBound { largest = bounds.upperBound }
        y[first + channel] = largest
      }
    }
  }

  /// Average of float32 under each window, over the pixels inside the picture.
  public static func averagePooling(
    _ input: TensorView, output: MutableTensorView, windowHeight: Int, windowWidth: Int,
    geometry: WindowGeometry, bounds: ClosedRange<Float>
  ) {
    let x = input.elements(of: Float.self)
    let y = output.elements(of: Float.self)
    let pooling = Windows(
      input: input.shape, output: output.shape, height: windowHeight, width: windowWidth,
      geometry: geometry)
    pooling.visit { first, pixels in
      let scale = 1 / Float(pixels.count)
      for channel in 0..<pooling.channelCount {
        var sum: Float = 0
        pixels.visit { sum += x[$0 + channel] }
        y[first + channel] = (sum * scale).clamped(to: bounds)
      }
    }
  }

  /// Average of 8-bit integers under each window, rounded to nearest, ties away from zero. Input
  /// and output share one quantisation, as in TensorFlow Lite.
  public static func averagePooling(
    _ input: TensorView, output: MutableTensorView, windowHeight: Int, windowWidth: Int,
    geometry: WindowGeometry, bounds: ClosedRange<Int32>
  ) {
    switch output.elementType {
    case .uint8:
      averagePooling(
        input, output: output, windowHeight: windowHeight, windowWidth: windowWidth,
        geometry: geometry, bounds: bounds, of: UInt8.self)
    default:
      averagePooling(
        input, output: output, windowHeight: windowHeight, windowWidth: windowWidth,
        geometry: geometry, bounds: bounds, of: Int8.self)
    }
  }

  private static func averagePooling<Element: TensorElement & FixedWidthInteger>(
    _ input: TensorView, output: MutableTensorView, windowHeight: Int, windowWidth: Int,
    geometry: WindowGeometry, bounds: ClosedRange<Int32>, of type: Element.Type
  ) {
    let x = input.elements(of: type)
    let y = output.elements(of: type)
    let pooling = Windows(
      input: input.shape, output: output.shape, height: windowHeight, width: windowWidth,
      geometry: geometry)
    pooling.visit { first, pixels in
      for channel in 0..<pooling.channelCount {
        var sum = 0
        pixels.visit { sum += Int(x[$0 + channel]) }
        let half = sum > 0 ? pixels.count / 2 : -(pixels.count / 2)
        let average = (sum + half) / max(pixels.count, 1)
        y[first + channel] = Element(
          truncatingIfNeeded: min(
            max(average, Int(bounds.lowerBound)), Int(bounds.upperBound)))
      }
    }
  }
}

/// The windows of a pooling, cut off at the picture's border.
private struct Windows {
  let input: Shape
  let output: Shape
  let height: Int
  let width: Int
  let geometry: WindowGeometry

  var channelCount: Int { input[3] }

  /// The pixels under one window.
  struct Pixels {
    let rows: Range<Int>
    let columns: Range<Int>
    /// The first element of the picture, and elements a row and a pixel.
    let base: Int
    let rowStride: Int
    let pixelStride: Int

    var count: Int { rows.count * columns.count }

    /// Calls `body` with the position of each pixel's first channel.
    @inline(__always)
    func visit(_ body: (Int) -> Void) {
      for row in rows {
        for column in columns { body(base + row * rowStride + column * pixelStride) }
      }
    }
  }

  /// Calls `body` for each output pixel with the position of its first channel.
  @inline(__always)
  func visit(_ body: (Int, Pixels) -> Void) {
    guard output.elementCount > 0 else { return }
    let rowStride = input[2] * channelCount
    var first = 0
    for n in 0..<output[0] {
      for i in 0..<output[1] {
        let rows = clipped(i * geometry.strideHeight - geometry.paddingTop, height, to: input[1])
        for j in 0..<output[2] {
          let columns = clipped(
            j * geometry.strideWidth - geometry.paddingLeft, width, to: input[2])
          body(
            first,
            Pixels(
              rows: rows, columns: columns, base: n * input[1] * rowStride, rowStride: rowStride,
              pixelStride: channelCount))
          first += channelCount
        }
      }
    }
  }

  private func clipped(_ start: Int, _ count: Int, to size: Int) -> Range<Int> {
    let lower = min(max(start, 0), size)
    return lower..<max(lower, min(start + count, size))
  }
}
