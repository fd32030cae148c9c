import CStanceKernels
import StanceTensors

/// Depthwise convolution of 8-bit integers, prepared: x `[N, H, W, C]`, output
/// `[N, oH, oW, C * multiplier]`.
///
/// Results are those of
/// ``Reference/depthwiseConvolution(_:weights:bias:output:geometry:requantization:)`` byte for byte.
/// A unit is a row of output pixels. A multiplier of 1 is fast, others are not.
public struct QuantizedDepthwiseConvolution: PreparedKernel {
  public let name: String
  public let unitCount: Int
  public var scratchByteCount: Int { rows.scratchByteCount }
  /// Bytes of packed weights.
  public var packedByteCount: Int { memory.byteCount }

  let rows: DepthwiseRows
  private let memory: PackedMemory

  /// - Parameters:
  ///   - weights: `[1, kH, kW, C * multiplier]`, copied.
  ///   - bias: `[C * multiplier]` of int32, copied.
  ///   - resultStride: bytes from one output pixel to the next where they lie apart.
  ///   - instructionSets: that may be used, the plainest first.
  /// - Returns: nil where there is no fast kernel: requantisation in fixed point, zero points that
  ///   are no value of the element type.
  public init?(
    input: Shape, weights: TensorView, bias: TensorView?, output: Shape,
    geometry: WindowGeometry, requantization: Requantization, resultStride: Int? = nil,
    instructionSets: [InstructionSet] = InstructionSet.available
  ) {
    guard input.rank == 4, output.rank == 4, weights.shape.rank == 4,
      weights.shape.elementCount > 0, input[3] > 0, weights.shape[3] == output[3],
      output[3] % input[3] == 0
    else { return nil }
    let isDense = resultStride == nil || resultStride == output[3]
    let memory = PackedMemory()
    guard let domain = ByteDomain(weights.elementType),
      let inputZeroPoint = domain.unsigned(requantization.inputZeroPoint),
      let channels = PackedByteChannels(
        weights: weights, bias: bias, multiplier: output[3] / input[3],
        usesFlat: isDense && geometry.strideWidth == 1, requantization: requantization,
        instructionSets: instructionSets, in: memory)
    else { return nil }
    rows = DepthwiseRows(
      channels: channels,
      window: ConvolutionWindow(
        input: input, kernelHeight: weights.shape[1], kernelWidth: weights.shape[2],
        output: output, geometry: geometry),
      geometry: geometry, resultStride: resultStride ?? output[3],
      paddingRow: memory.row(
        of: UInt8(truncatingIfNeeded: inputZeroPoint) ^ domain.flip, count: input[2] * input[3]))
    self.memory = memory
    unitCount = output.elementCount == 0 ? 0 : output[0] * output[1]
    name = channels.name
  }

  public func run(
    units: Range<Int>, inputs: [TensorView], outputs: [MutableTensorView],
    scratch: UnsafeMutableRawBufferPointer
  ) {
    guard !units.isEmpty, let x = inputs[0].bytes.bindMemory(to: UInt8.self).baseAddress,
      let y = outputs[0].bytes.bindMemory(to: UInt8.self).baseAddress,
      let scratch = scratch.baseAddress
    else { return }
    let (rows, width) = (rows, rows.window.outputWidth)
    let picture = PictureRows(base: UnsafePointer(x), rowStride: rows.window.inputRowStride)
    for unit in units {
      rows.run(
        row: unit, columns: 0..<width, input: picture,
        into: y + unit * width * rows.resultStride, scratch: scratch)
    }
  }
}
