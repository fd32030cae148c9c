import CStanceKernels
import StanceTensors

/// A depthwise convolution and the pointwise one behind it, a few rows at a time, so that what lies
/// between them stays in the second-level cache.
///
/// A unit is an output pixel. Bits are those of the two kernels one after the other. Inputs: x
/// `[N, H, W, C]`, and the pointwise convolution's addend where it has one.
public struct FloatSeparableConvolution: PreparedKernel {
  let depthwise: any DepthwiseKernel
  let pointwise: FloatConvolution
  /// Output rows a time.
  private let bandRows: Int
  private let depthwiseScratch: Int
  /// Elements between pixels of the band.
  private let bandStride: Int

  /// - Returns: nil where the second convolution is not pointwise, its factors are not float32, or
  ///   its input is not what the first one makes.
  public init?(_ depthwise: FloatDepthwiseConvolution, _ pointwise: FloatConvolution) {
    self.init(depthwise as any DepthwiseKernel, pointwise)
  }

  /// - Returns: nil where the second convolution is not pointwise, its factors are not bfloat16, or
  ///   its input is not what the first one makes.
  public init?(_ depthwise: BFloat16DepthwiseConvolution, _ pointwise: FloatConvolution) {
    self.init(depthwise as any DepthwiseKernel, pointwise)
  }

  private init?(_ depthwise: any DepthwiseKernel, _ pointwise: FloatConvolution) {
    let gemm = pointwise.groups[0]
    guard pointwise.isPointwise, pointwise.input == depthwise.output,
      gemm.precision == depthwise.resultPrecision, depthwise.output.elementCount > 0
    else { return nil }
    self.depthwise = depthwise
    self.pointwise = pointwise
    bandStride = gemm.precision == .bfloat16 ? gemm.stepCount * 2 : gemm.depth
    let rowBytes = depthwise.output[2] * gemm.stepCount * 4
    // Of nearly equal height, as each band reads the pointwise weights again.
    let mostRows = max(1, min(9, (240 << 10) / max(rowBytes, 1)))
    let bandCount = (depthwise.output[1] + mostRows - 1) / mostRows
    bandRows = (depthwise.output[1] + bandCount - 1) / bandCount
    let bandBytes = bandRows * rowBytes
    depthwiseScratch = bandBytes.roundedUp(to: 64)
  }

  public var name: String {
    depthwise.name + "+" + pointwise.name
  }

  public var takesBFloat16: Bool { depthwise.takesBFloat16 && pointwise.takesBFloat16 }

  public var unitCount: Int { pointwise.unitCount }

  public var scratchByteCount: Int { depthwiseScratch + depthwise.scratchByteCount }

  public func run(
    units: Range<Int>, inputs: [TensorView], outputs: [MutableTensorView],
    scratch: UnsafeMutableRawBufferPointer
  ) {
    guard !units.isEmpty, unitCount > 0, let band = scratch.baseAddress, let x = Pixels(inputs[0]),
      let results = pointwise.results(inputs: inputs, outputs: outputs)
    else { return }
    clearPadding(of: band)
    let target = DepthwiseTarget(
      base: band, stride: bandStride, precision: depthwise.resultPrecision)
    let rest = UnsafeMutableRawBufferPointer(rebasing: scratch[depthwiseScratch...])
    let width = depthwise.output[2]
    var unit = units.lowerBound
    while unit < units.upperBound {
      let end = min(units.upperBound, (unit / width + bandRows) * width)
      depthwise.run(unit..<end, x: x, into: target, scratch: rest)
      pointwise.multiplyRows(band, count: end - unit, into: results.from(row: unit))
      unit = end
    }
  }

  /// An odd number of bfloat16 channels leaves one element that must not be NaN.
  private func clearPadding(of band: UnsafeMutableRawPointer) {
    let channels = depthwise.output[3]
    guard pointwise.groups[0].precision == .bfloat16, bandStride > channels else { return }
    let elements = band.assumingMemoryBound(to: UInt16.self)
    for pixel in 0..<bandRows * depthwise.output[2] {
      elements[pixel * bandStride + channels] = 0
    }
  }
}
