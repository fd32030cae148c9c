import CStanceKernels
import StanceTensors

/// Convolution of 8-bit integers, prepared: x `[N, H, W, C]`, output `[N, oH, oW, O]`.
///
/// Results are those of ``Reference/convolution(_:weights:bias:output:geometry:requantization:)``
/// byte for byte. A unit is a row of output pixels.
public struct QuantizedConvolution: PreparedKernel {
  public let name: String
  public let unitCount: Int
  public var scratchByteCount: Int { rows.scratchByteCount }
  /// Bytes of packed weights.
  public var packedByteCount: Int { memory.byteCount }

  let rows: ConvolutionRows
  private let memory: PackedMemory

  /// - Parameters:
  ///   - weights: `[O, kH, kW, C]`, copied.
  ///   - bias: `[O]` of int32, copied.
  ///   - resultStride: bytes from one output pixel to the next where they lie apart, as in a
  ///     concatenation along the channels; the output's bytes begin at the first channel then.
  ///   - instructionSets: that may be used, the plainest first.
  /// - Returns: nil where there is no fast kernel: grouped convolutions, requantisation in fixed
  ///   point, zero points that are no value of the element type.
  public init?(
    input: Shape, weights: TensorView, bias: TensorView?, output: Shape,
    geometry: WindowGeometry, requantization: Requantization, resultStride: Int? = nil,
    instructionSets: [InstructionSet] = InstructionSet.available
  ) {
    guard input.rank == 4, output.rank == 4, weights.shape.rank == 4,
      weights.shape[3] == input[3], weights.shape.elementCount > 0
    else { return nil }
    let window = ConvolutionWindow(
      input: input, kernelHeight: weights.shape[1], kernelWidth: weights.shape[2], output: output,
      geometry: geometry)
    let memory = PackedMemory()
    guard let domain = ByteDomain(weights.elementType),
      let inputZeroPoint = domain.unsigned(requantization.inputZeroPoint),
      let matrix = PackedByteMatrix(
        weights: weights, bias: bias, columnCount: output[3], segmentCount: window.segmentCount,
        segmentLength: window.segmentLength, requantization: requantization,
        instructionSets: instructionSets, in: memory)
    else { return nil }
    let firstLayer = PackedFirstLayer(
      weights: weights, bias: bias, window: window, requantization: requantization,
      instructionSets: instructionSets, in: memory)
    rows = ConvolutionRows(
      matrix: matrix, window: window, firstLayer: firstLayer,
      resultStride: resultStride ?? output[3],
      paddingRow: memory.row(
        of: UInt8(truncatingIfNeeded: inputZeroPoint) ^ domain.flip, count: input[2] * input[3]))
    self.memory = memory
    name = firstLayer?.name ?? matrix.name
    unitCount = output.elementCount == 0 ? 0 : output[0] * output[1]
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
    let rowStride = width * rows.resultStride
    if rows.window.isPointwise {
      rows.run(
        pixels: units.lowerBound * width..<units.upperBound * width, input: x,
        into: y + units.lowerBound * rowStride, scratch: scratch)
    } else {
      let picture = PictureRows(base: UnsafePointer(x), rowStride: rows.window.inputRowStride)
      for unit in units {
        rows.run(
          row: unit, columns: 0..<width, input: picture, into: y + unit * rowStride,
          scratch: scratch)
      }
    }
  }
}
