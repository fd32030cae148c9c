import StanceTensors

/// A depthwise convolution and the 1x1 convolution of its results, prepared: what lies between them
/// never leaves a thread's scratch memory.
///
/// Results are those of the two kernels one after the other. A unit is 12 output pixels, counted
/// through all rows, so that threads get equal shares of small pictures too.
public struct QuantizedSeparableConvolution: PreparedKernel {
  private static let unitLength = 12

  public let name: String
  public let unitCount: Int
  public let scratchByteCount: Int
  private let depthwise: QuantizedDepthwiseConvolution
  private let pointwise: QuantizedConvolution
  private let pixelCount: Int
  /// Pixels between the two convolutions at a time.
  private let bandCount: Int
  private let bandByteCount: Int

  /// - Returns: nil where the second convolution is not a 1x1 convolution of the first one's results.
  public init?(_ depthwise: QuantizedDepthwiseConvolution, _ pointwise: QuantizedConvolution) {
    let width = depthwise.rows.window.outputWidth
    let depth = pointwise.rows.window.channelCount
    guard pointwise.rows.window.isPointwise, pointwise.rows.window.outputWidth == width,
      pointwise.unitCount == depthwise.unitCount, depthwise.rows.resultStride == depth
    else { return nil }
    self.depthwise = depthwise
    self.pointwise = pointwise
    name = "\(depthwise.name) + \(pointwise.name)"
    pixelCount = depthwise.unitCount * width
    unitCount = (pixelCount + Self.unitLength - 1) / Self.unitLength
    bandCount = max(width, 4 * Self.unitLength)
    bandByteCount = (bandCount * depth + 64 + 63) / 64 * 64
    scratchByteCount =
      bandByteCount + max(depthwise.scratchByteCount, pointwise.scratchByteCount)
  }

  public func run(
    units: Range<Int>, inputs: [TensorView], outputs: [MutableTensorView],
    scratch: UnsafeMutableRawBufferPointer
  ) {
    guard !units.isEmpty, let x = inputs[0].bytes.bindMemory(to: UInt8.self).baseAddress,
      let y = outputs[0].bytes.bindMemory(to: UInt8.self).baseAddress,
      let band = scratch.bindMemory(to: UInt8.self).baseAddress
    else { return }
    let (depthwise, pointwise) = (depthwise.rows, pointwise.rows)
    let picture = PictureRows(base: UnsafePointer(x), rowStride: depthwise.window.inputRowStride)
    let rest = UnsafeMutableRawPointer(band) + bandByteCount
    let (width, depth) = (depthwise.window.outputWidth, depthwise.resultStride)
    let end = min(units.upperBound * Self.unitLength, pixelCount)
    var first = units.lowerBound * Self.unitLength
    while first < end {
      var count = 0
      while first + count < end {
        let (row, column) = (first + count).quotientAndRemainder(dividingBy: width)
        let length = min(width - column, end - first - count)
        guard count == 0 || count + length <= bandCount else { break }
        depthwise.run(
          row: row, columns: column..<column + length, input: picture, into: band + count * depth,
          scratch: rest)
        count += length
      }
      pointwise.run(
        pixels: 0..<count, input: band, into: y + first * pointwise.resultStride, scratch: rest)
      first += count
    }
  }
}
