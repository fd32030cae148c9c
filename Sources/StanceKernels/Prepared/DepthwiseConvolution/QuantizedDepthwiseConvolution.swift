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
  public let scratchByteCount: Int
  /// Bytes of packed weights.
  public var packedByteCount: Int { channels.byteCount }

  let channels: PackedByteChannels
  let window: ConvolutionWindow
  /// Bytes from one pixel of the result to the next.
  let resultStride: Int
  private let geometry: WindowGeometry
  private let inputWidth: Int
  private let padding: PackedMemory
  private let paddingRow: UnsafeConstant<UInt8>

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
    guard let domain = ByteDomain(weights.elementType),
      let inputZeroPoint = domain.unsigned(requantization.inputZeroPoint),
      let channels = PackedByteChannels(
        weights: weights, bias: bias, multiplier: output[3] / input[3],
        usesFlat: isDense && geometry.strideWidth == 1, requantization: requantization,
        instructionSets: instructionSets)
    else { return nil }
    self.channels = channels
    self.geometry = geometry
    window = ConvolutionWindow(
      input: input, kernelHeight: weights.shape[1], kernelWidth: weights.shape[2], output: output,
      geometry: geometry)
    self.resultStride = resultStride ?? output[3]
    inputWidth = input[2]
    unitCount = output.elementCount == 0 ? 0 : output[0] * output[1]
    scratchByteCount =
      (window.kernelHeight + channels.tapPointerCount) * MemoryLayout<UnsafeRawPointer?>.stride
    name = channels.name
    padding = PackedMemory()
    let row = padding.allocate(UInt8.self, count: input[2] * input[3])
    row.update(
      repeating: UInt8(truncatingIfNeeded: inputZeroPoint) ^ domain.flip,
      count: input[2] * input[3] + 64)
    paddingRow = UnsafeConstant(row)
  }

  public func run(
    units: Range<Int>, inputs: [TensorView], outputs: [MutableTensorView],
    scratch: UnsafeMutableRawBufferPointer
  ) {
    guard !units.isEmpty, let x = inputs[0].bytes.bindMemory(to: UInt8.self).baseAddress,
      let y = outputs[0].bytes.bindMemory(to: UInt8.self).baseAddress,
      let scratch = scratch.baseAddress
    else { return }
    let width = window.outputWidth
    for unit in units {
      run(
        row: unit, columns: 0..<width, input: x, into: y + unit * width * resultStride,
        scratch: scratch)
    }
  }

  /// Pixels of one row of the result.
  /// - Parameters:
  ///   - row: counted through all pictures.
  ///   - input: the tensor's first pixel.
  ///   - result: where the first of `columns` goes.
  func run(
    row: Int, columns: Range<Int>, input: UnsafePointer<UInt8>,
    into result: UnsafeMutablePointer<UInt8>, scratch: UnsafeMutableRawPointer
  ) {
    let rows = scratch.assumingMemoryBound(to: UnsafePointer<UInt8>?.self)
    for k in 0..<window.kernelHeight {
      rows[k] = window.inputRow(row, tap: k).map { input + $0 } ?? paddingRow.pointer
    }
    let inner = window.inner(columns)
    let first = columns.lowerBound
    if channels.flatLayer == nil, let rolling = channels.variant.rolling, rolls {
      var place = place(rows)
      rolling(channels.layer, &place, first, result, resultStride, columns.count)
      return
    }
    for column in first..<inner.lowerBound {
      runPixels(column, 1, rows, into: result + (column - first) * resultStride)
    }
    if !inner.isEmpty {
      let target = result + (inner.lowerBound - first) * resultStride
      if let flatLayer = channels.flatLayer, let flat = channels.variant.flat {
        var place = place(rows)
        flat(flatLayer, &place, inner.lowerBound, target, resultStride, inner.count)
      } else {
        runPixels(inner.lowerBound, inner.count, rows, into: target)
      }
    }
    for column in inner.upperBound..<columns.upperBound {
      runPixels(column, 1, rows, into: result + (column - first) * resultStride)
    }
  }

  /// Whether the kernel that keeps the last columns in registers can do this window.
  private var rolls: Bool {
    channels.isThreeByThree
      && (geometry.strideWidth == 1 || geometry.strideWidth == 2 && geometry.dilationWidth == 1)
  }

  private func place(_ rows: UnsafeMutablePointer<UnsafePointer<UInt8>?>) -> st_u8_depthwise_rows {
    st_u8_depthwise_rows(
      rows: (rows[0], rows[1], rows[2]), width: inputWidth, stride: geometry.strideWidth,
      dilation: geometry.dilationWidth, padding: geometry.paddingLeft)
  }

  /// `count` pixels whose windows all lie within the picture horizontally, or a single one.
  private func runPixels(
    _ column: Int, _ count: Int, _ rows: UnsafeMutablePointer<UnsafePointer<UInt8>?>,
    into result: UnsafeMutablePointer<UInt8>
  ) {
    let taps = rows + window.kernelHeight
    let width = window.kernelWidth
    // Where a group of taps is not full, the weights are zero and any bytes will do.
    channels.forEachTap { index, tap in
      let (k, l) = (tap ?? 0).quotientAndRemainder(dividingBy: width)
      let x = window.inputColumn(column, tap: l)
      let isInside = x >= 0 && x < inputWidth
      taps[index] =
        isInside ? rows[k].map { $0 + x * window.channelCount } : paddingRow.pointer
    }
    channels.variant.run?(
      channels.layer, taps, window.strideWidth * window.channelCount, result, resultStride, count)
  }
}
