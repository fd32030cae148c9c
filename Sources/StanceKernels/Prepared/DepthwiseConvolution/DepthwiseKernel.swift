import StanceTensors

/// A depthwise convolution of floats, whatever its elements are stored as. A unit is an output pixel,
/// so that rows are `oW` units. Inputs: x `[N, H, W, C]`.
protocol DepthwiseKernel: PreparedKernel {
  /// `[N, oH, oW, C * m]`
  var output: Shape { get }
  /// What ``run(_:x:into:scratch:)`` may write.
  var resultPrecision: FloatPrecision { get }

  /// Computes output pixels `units`, which may span pictures.
  func run(
    _ units: Range<Int>, x: Pixels, into target: DepthwiseTarget,
    scratch: UnsafeMutableRawBufferPointer)
}

/// Where the first of some pixels goes, and elements between pixels.
struct DepthwiseTarget {
  var base: UnsafeMutableRawPointer
  let stride: Int
  let precision: FloatPrecision

  func from(pixel: Int) -> DepthwiseTarget {
    var result = self
    result.base += pixel * stride * precision.byteCount
    return result
  }
}

extension DepthwiseKernel {
  /// ``PreparedKernel/run(units:inputs:outputs:scratch:)``
  func run(
    units: Range<Int>, from input: TensorView, to result: MutableTensorView,
    scratch: UnsafeMutableRawBufferPointer
  ) {
    guard !units.isEmpty, unitCount > 0, let x = Pixels(input),
      let base = result.bytes.baseAddress
    else { return }
    let target = DepthwiseTarget(
      base: base, stride: output[3], precision: FloatPrecision(result.elementType))
    run(units, x: x, into: target.from(pixel: units.lowerBound), scratch: scratch)
  }
}
