import CStanceKernels
import StanceTensors

/// A depthwise convolution and the pointwise one behind it, a few rows at a time, so that what lies
/// between them stays in the second-level cache.
///
/// A unit is an output pixel. Bits are those of the two kernels one after the other. Inputs: x
/// `[N, H, W, C]`, and the pointwise convolution's addend where it has one.
public struct FloatSeparableConvolution: PreparedKernel {
  private let depthwise: FloatDepthwiseConvolution
  private let pointwise: FloatConvolution
  private let function: (@convention(c) (UnsafePointer<st_f32_depthwise>?) -> Void)?
  /// Output rows a time.
  private let bandRows: Int
  private let depthwiseScratch: Int
  /// Elements between pixels of the band.
  private let bandStride: Int

  /// - Returns: nil where the second convolution is not pointwise, or its input is not what the
  ///   first one makes.
  public init?(_ depthwise: FloatDepthwiseConvolution, _ pointwise: FloatConvolution) {
    guard pointwise.isPointwise, pointwise.input == depthwise.output,
      depthwise.output.elementCount > 0
    else { return nil }
    self.depthwise = depthwise
    self.pointwise = pointwise
    let gemm = pointwise.groups[0]
    let isRounded = gemm.precision == .bfloat16
    // The processor's own rounding is faster than one made of integer instructions.
    function =
      isRounded
      ? BFloat16Kernels.all.first {
        $0.instructionSet == gemm.instructionSet && $0.width == depthwise.kernels.width
      }?.table.depthwise
      : nil
    bandStride = isRounded ? gemm.stepCount * 2 : gemm.depth
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

  public var unitCount: Int { pointwise.unitCount }

  public var scratchByteCount: Int { depthwiseScratch + depthwise.scratchByteCount }

  public func run(
    units: Range<Int>, inputs: [TensorView], outputs: [MutableTensorView],
    scratch: UnsafeMutableRawBufferPointer
  ) {
    guard !units.isEmpty, unitCount > 0, let band = scratch.baseAddress,
      let x = inputs[0].elements(of: Float.self).baseAddress,
      let y = outputs[0].elements(of: Float.self).baseAddress
    else { return }
    let gemm = pointwise.groups[0]
    let addend = gemm.hasAddend ? inputs[1].elements(of: Float.self).baseAddress : nil
    let channels = pointwise.output[3]
    let results = PackedGEMM.Results(
      base: y, stride: channels, addend: addend, addendStride: channels)
    clearPadding(of: band)
    let target = FloatDepthwiseConvolution.Target(
      base: band, stride: bandStride, precision: gemm.precision, function: function)
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
