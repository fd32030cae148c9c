import StanceTensors

/// A convolution of windows, the depthwise one behind it and the pointwise one behind that, a few
/// rows at a time: what lies between them is large at a network's begin, and stays in the
/// second-level cache so.
///
/// A unit is a row of output pixels. Bits are those of the kernels one after the other. Inputs: x
/// `[N, H, W, C]`, and the pointwise convolution's addend where it has one.
public struct FloatStemConvolution: PreparedKernel {
  private let first: FloatConvolution
  private let depthwise: FloatDepthwiseConvolution
  private let pointwise: FloatConvolution
  /// Output rows a time.
  private let bandRows: Int
  /// Where the parts of the scratch begin, behind the rows of the first convolution.
  private let band: Int
  private let rest: Int
  public let scratchByteCount: Int

  /// - Parameter bandByteCount: how much of the rows on either side of the depthwise convolution
  ///   there is at a time, if that is a row of its results or more.
  /// - Returns: nil where the first convolution is pointwise, takes a sum, is one of groups or has
  ///   another result than the second one reads, and where factors are not float32.
  public init?(
    _ first: FloatConvolution, _ separable: FloatSeparableConvolution,
    bandByteCount: Int = 256 << 10
  ) {
    guard let depthwise = separable.depthwise as? FloatDepthwiseConvolution,
      !first.isPointwise, first.bfloat16 == nil, first.groups.count == 1,
      !first.groups[0].hasAddend, first.output == depthwise.input, first.output.elementCount > 0,
      separable.unitCount > 0
    else { return nil }
    self.first = first
    self.depthwise = depthwise
    pointwise = separable.pointwise
    let rowBytes = first.output[2] * first.output[3] * 4
    let bandRowBytes = depthwise.output[2] * depthwise.output[3] * 4
    let fitting = bandByteCount / max(rowBytes * depthwise.strideHeight + bandRowBytes, 1)
    bandRows = max(1, min(fitting, depthwise.output[1]))
    var layout = ScratchLayout()
    _ = layout.add(byteCount: depthwise.mostInputRows(under: bandRows) * rowBytes)
    band = layout.add(byteCount: bandRows * bandRowBytes)
    rest = layout.add(
      byteCount: max(first.scratchByteCount, depthwise.scratchByteCount))
    scratchByteCount = layout.byteCount
  }

  /// Whether the first convolution may be one, and its result is too large to be found in the
  /// second-level cache again.
  public static func pays(_ first: FloatConvolution) -> Bool {
    !first.isPointwise && first.bfloat16 == nil && first.output.elementCount * 4 >= 512 << 10
  }

  public var name: String {
    "\(first.name)+\(depthwise.name)+\(pointwise.name)"
  }

  public var unitCount: Int { pointwise.output[0] * pointwise.output[1] }

  public func run(
    units: Range<Int>, inputs: [TensorView], outputs: [MutableTensorView],
    scratch: UnsafeMutableRawBufferPointer
  ) {
    guard !units.isEmpty, let rows = scratch.baseAddress, let x = Pixels(inputs[0]),
      let results = pointwise.results(inputs: inputs, outputs: outputs)
    else { return }
    let target = DepthwiseTarget(
      base: rows + band, stride: depthwise.output[3], precision: .float32)
    let rest = UnsafeMutableRawBufferPointer(rebasing: scratch[self.rest...])
    let (height, width) = (depthwise.output[1], depthwise.output[2])
    var held = 0..<0
    var unit = units.lowerBound
    while unit < units.upperBound {
      let (picture, i) = unit.quotientAndRemainder(dividingBy: height)
      let end = min(i + bandRows, height, i + units.upperBound - unit)
      let needed = depthwise.inputRows(under: i..<end)
      fill(needed, of: picture, x: x, rows: rows, held: &held, scratch: rest)
      depthwise.run(
        rows: i..<end, x: UnsafeRawPointer(rows), of: needed, into: target, scratch: rest)
      pointwise.multiplyRows(
        target.base, count: (end - i) * width, into: results.from(row: unit * width))
      unit += end - i
    }
  }

  /// Computes rows of the first convolution that are not there from the last time.
  /// - Parameter held: what is there, counted through all pictures.
  private func fill(
    _ needed: Range<Int>, of picture: Int, x: Pixels, rows: UnsafeMutableRawPointer,
    held: inout Range<Int>, scratch: UnsafeMutableRawBufferPointer
  ) {
    let (height, width, channels) = (first.output[1], first.output[2], first.output[3])
    let rowBytes = width * channels * 4
    let wanted = picture * height + needed.lowerBound..<picture * height + needed.upperBound
    let kept = wanted.clamped(to: held)
    let keptCount = kept.lowerBound == wanted.lowerBound ? kept.count : 0
    if keptCount > 0 {
      rows.copyMemory(
        from: rows + (kept.lowerBound - held.lowerBound) * rowBytes,
        byteCount: keptCount * rowBytes)
    }
    let missing = wanted.dropFirst(keptCount)
    first.runWindows(
      missing.startIndex * width..<missing.endIndex * width, x: x,
      results: PackedGEMM.Results(base: rows + keptCount * rowBytes, stride: channels),
      firstResult: missing.startIndex * width, scratch: scratch)
    held = wanted
  }
}
