import CStanceKernels
import StanceTensors

/// Depthwise convolution whose operand and result may be stored as bfloat16; weights, products and
/// sums are float32.
///
/// The formula is ``FloatDepthwiseConvolution``'s. A unit is an output pixel. Inputs: x
/// `[N, H, W, C]`.
public struct BFloat16DepthwiseConvolution: DepthwiseKernel {
  let input: Shape
  let output: Shape
  private let kernels: BFloat16Kernels
  private let kernelHeight: Int
  private let kernelWidth: Int
  private let geometry: WindowGeometry
  /// The channels, or as often the channels as fill vectors.
  private let laneCount: Int
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
    kernels = BFloat16Kernels.best(in: instructionSets)
    (kernelHeight, kernelWidth) = (weights.shape[1], weights.shape[2])
    self.input = input
    self.output = output
    self.geometry = geometry
    let (taps, channels, width) = (kernelHeight * kernelWidth, output[3], 2 * kernels.width)
    let period = Int(
      st_bf16_depthwise_period(
        Int32(kernels.width), Int32(channels), Int32(channels / max(input[3], 1)),
        Int32(geometry.strideWidth)))
    let laneCount = period == 0 ? channels : period
    self.laneCount = laneCount
    /// `rows` rows of a number a channel, repeated for each lane.
    func repeated(_ numbers: some Collection<Float>, rows: Int) -> [Float] {
      let numbers = Array(numbers)
      return (0..<rows).flatMap { row in
        (0..<laneCount).map { numbers[row * channels + $0 % channels] }
      }
    }
    let lanes = repeated(weights.elements(of: Float.self), rows: taps)
    self.weights = PackedNumbers(count: taps * laneCount.roundedUp(to: width), zero: 0) {
      st_f32_depthwise_pack(Int32(width), Int32(taps), Int32(laneCount), lanes, $0)
    }
    self.bias =
      bias.map { repeated($0.elements(of: Float.self), rows: 1) }.map { numbers in
        numbers.withUnsafeBufferPointer {
          PackedNumbers($0, channelCount: laneCount, width: width)
        }
      } ?? PackedNumbers(nil, channelCount: laneCount, width: width)
    var activation = activation
    if case .parametricReLU(let slopes) = activation {
      activation = .parametricReLU(repeated(slopes, rows: 1))
    }
    self.activation = PackedActivation(activation, channelCount: laneCount, width: width)
  }

  public var name: String {
    "bf16_depthwise_\(kernelHeight)x\(kernelWidth)_\(kernels.instructionSet.rawValue)"
  }

  public var takesBFloat16: Bool { true }
  var resultPrecision: FloatPrecision { .bfloat16 }

  public var unitCount: Int { output.elementCount == 0 ? 0 : output[0] * output[1] * output[2] }

  public var scratchByteCount: Int {
    guard unitCount > 0, input.elementCount > 0 else { return 0 }
    var descriptor = descriptor()
    return Int(st_bf16_depthwise_scratch_count(&descriptor, Int32(kernels.width))) * 4
  }

  public func run(
    units: Range<Int>, inputs: [TensorView], outputs: [MutableTensorView],
    scratch: UnsafeMutableRawBufferPointer
  ) {
    run(units: units, from: inputs[0], to: outputs[0], scratch: scratch)
  }

  func run(
    _ units: Range<Int>, x: Pixels, into target: DepthwiseTarget,
    scratch: UnsafeMutableRawBufferPointer
  ) {
    let pixels = output[1] * output[2]
    var descriptor = descriptor()
    descriptor.x_is_bf16 = x.precision == .bfloat16 ? 1 : 0
    descriptor.scratch = scratch.baseAddress?.assumingMemoryBound(to: Float.self)
    descriptor.y_stride = target.stride
    descriptor.y_is_bf16 = target.precision == .bfloat16 ? 1 : 0
    var unit = units.lowerBound
    while unit < units.upperBound {
      let (picture, first) = unit.quotientAndRemainder(dividingBy: pixels)
      let count = min(units.upperBound - unit, pixels - first)
      descriptor.x = x.from(picture * input[1] * input[2] * input[3]).base
      descriptor.first_pixel = Int32(first)
      descriptor.pixel_count = Int32(count)
      descriptor.y = target.from(pixel: unit - units.lowerBound).base
      kernels.table.depthwise?(&descriptor)
      unit += count
    }
  }

  private func descriptor() -> st_bf16_depthwise {
    var result = st_bf16_depthwise()
    result.height = Int32(input[1])
    result.width = Int32(input[2])
    result.channels = Int32(output[3])
    result.multiplier = Int32(max(output[3] / max(input[3], 1), 1))
    result.lanes = Int32(laneCount)
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
