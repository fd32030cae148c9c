import CStanceKernels
import StanceTensors

/// Depthwise convolution of float32.
///
/// The formula is ``Reference/depthwiseConvolution(_:weights:bias:output:geometry:bounds:)``'s. A
/// unit is an output pixel, so that rows are `oW` units. Inputs: x `[N, H, W, C]`.
public struct FloatDepthwiseConvolution: DepthwiseKernel {
  let input: Shape
  let output: Shape
  let kernels: FloatKernels
  private let kernelHeight: Int
  private let kernelWidth: Int
  private let geometry: WindowGeometry
  private let weights: PackedNumbers<Float>
  private let bias: PackedNumbers<Float>
  private let activation: PackedActivation

  /// - Parameters:
  ///   - weights: `[1, kH, kW, C * m]`.
  ///   - instructionSets: those that may be used, the plainest first.
  public init(
    input: Shape, weights: TensorView, bias: TensorView?, output: Shape, geometry: WindowGeometry,
    activation: FloatActivation = .none,
    instructionSets: [InstructionSet] = InstructionSet.available
  ) {
    kernels = FloatKernels.best(in: instructionSets)
    (kernelHeight, kernelWidth) = (weights.shape[1], weights.shape[2])
    self.input = input
    self.output = output
    self.geometry = geometry
    let (taps, channels, width) = (kernelHeight * kernelWidth, output[3], kernels.width)
    let source = weights.elements(of: Float.self).baseAddress
    self.weights = PackedNumbers(count: taps * channels.roundedUp(to: width), zero: 0) {
      guard let source else { return }
      st_f32_depthwise_pack(Int32(width), Int32(taps), Int32(channels), source, $0)
    }
    self.bias = PackedNumbers(
      bias?.elements(of: Float.self), channelCount: channels, width: width)
    self.activation = PackedActivation(activation, channelCount: channels, width: width)
  }

  public var name: String {
    "f32_depthwise_\(kernelHeight)x\(kernelWidth)_\(kernels.instructionSet.rawValue)"
  }

  public var unitCount: Int { output.elementCount == 0 ? 0 : output[0] * output[1] * output[2] }

  public var scratchByteCount: Int {
    guard unitCount > 0, input.elementCount > 0 else { return 0 }
    var descriptor = descriptor()
    return Int(st_f32_depthwise_scratch_count(&descriptor, Int32(kernels.width))) * 4
  }

  public func run(
    units: Range<Int>, inputs: [TensorView], outputs: [MutableTensorView],
    scratch: UnsafeMutableRawBufferPointer
  ) {
    run(units: units, from: inputs[0], to: outputs[0], scratch: scratch)
  }

  var resultPrecision: FloatPrecision { .float32 }

  func run(
    _ units: Range<Int>, x: Pixels, into target: DepthwiseTarget,
    scratch: UnsafeMutableRawBufferPointer
  ) {
    let pixels = output[1] * output[2]
    var descriptor = descriptor()
    descriptor.scratch = scratch.baseAddress?.assumingMemoryBound(to: Float.self)
    descriptor.y_stride = target.stride
    var unit = units.lowerBound
    while unit < units.upperBound {
      let (picture, first) = unit.quotientAndRemainder(dividingBy: pixels)
      let count = min(units.upperBound - unit, pixels - first)
      descriptor.x = x.from(picture * input[1] * input[2] * input[3]).base
        .assumingMemoryBound(to: Float.self)
      descriptor.first_pixel = Int32(first)
      descriptor.pixel_count = Int32(count)
      descriptor.y = target.from(pixel: unit - units.lowerBound).base
        .assumingMemoryBound(to: Float.self)
      kernels.table.depthwise?(&descriptor)
      unit += count
    }
  }

  var strideHeight: Int { geometry.strideHeight }

  /// Input rows under `count` output rows, those outside of the picture included.
  func mostInputRows(under count: Int) -> Int {
    (count - 1) * geometry.strideHeight + (kernelHeight - 1) * geometry.dilationHeight + 1
  }

  /// The rows of a picture that output rows are made of.
  func inputRows(under rows: Range<Int>) -> Range<Int> {
    let top = rows.lowerBound * geometry.strideHeight - geometry.paddingTop
    return (top..<top + mostInputRows(under: rows.count)).clamped(to: 0..<input[1])
  }

  /// Computes output rows of one picture, the first one's first pixel at the target's begin.
  /// - Parameters:
  ///   - x: the picture's rows `taken` alone, which are ``inputRows(under:)``.
  func run(
    rows: Range<Int>, x: UnsafeRawPointer, of taken: Range<Int>, into target: DepthwiseTarget,
    scratch: UnsafeMutableRawBufferPointer
  ) {
    var descriptor = descriptor()
    descriptor.scratch = scratch.baseAddress?.assumingMemoryBound(to: Float.self)
    descriptor.height = Int32(taken.count)
    descriptor.top += Int32(taken.lowerBound - rows.lowerBound * geometry.strideHeight)
    descriptor.x = x.assumingMemoryBound(to: Float.self)
    descriptor.first_pixel = 0
    descriptor.pixel_count = Int32(rows.count * output[2])
    descriptor.y = target.base.assumingMemoryBound(to: Float.self)
    descriptor.y_stride = target.stride
    kernels.table.depthwise?(&descriptor)
  }

  private func descriptor() -> st_f32_depthwise {
    var result = st_f32_depthwise()
    result.height = Int32(input[1])
    result.width = Int32(input[2])
    result.channels = Int32(output[3])
    result.multiplier = Int32(max(output[3] / max(input[3], 1), 1))
    result.weights = UnsafePointer(weights.base)
    result.bias = UnsafePointer(bias.base)
    result.kernel_height = Int32(kernelHeight)
    result.kernel_width = Int32(kernelWidth)
    result.stride_height = Int32(geometry.strideHeight)
    result.stride_width = Int32(geometry.strideWidth)
    result.dilation_height = Int32(geometry.dilationHeight)
    result.dilation_width = Int32(geometry.dilationWidth)
    result.top = Int32(geometry.paddingTop)
    result.left = Int32(geometry.paddingLeft)
    result.out_width = Int32(output[2])
    result.activation = activation.descriptor()
    return result
  }
}
