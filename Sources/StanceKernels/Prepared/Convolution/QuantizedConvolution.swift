import CStanceKernels
import StanceTensors

/// Convolution of 8-bit integers, prepared: x `[N, H, W, C]`, output `[N, oH, oW, O]`.
///
/// Results are those of ``Reference/convolution(_:weights:bias:output:geometry:requantization:)``
/// byte for byte. A unit is a row of output pixels.
public struct QuantizedConvolution: PreparedKernel {
  public let name: String
  public let unitCount: Int
  public let scratchByteCount: Int
  /// Bytes of packed weights.
  public var packedByteCount: Int { matrix.byteCount }

  let matrix: PackedByteMatrix
  let window: ConvolutionWindow
  /// Pixels that are multiplied at a time.
  let blockCount: Int
  /// Bytes from one pixel of the result to the next.
  let resultStride: Int
  /// A row of pixels outside of the picture.
  private let padding: PackedMemory
  private let paddingRow: UnsafeConstant<UInt8>
  private let firstLayer: PackedFirstLayer?

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
    guard let domain = ByteDomain(weights.elementType),
      let inputZeroPoint = domain.unsigned(requantization.inputZeroPoint),
      let matrix = PackedByteMatrix(
        weights: weights, bias: bias, columnCount: output[3], segmentCount: window.segmentCount,
        segmentLength: window.segmentLength, requantization: requantization,
        instructionSets: instructionSets)
    else { return nil }
    self.matrix = matrix
    self.window = window
    self.resultStride = resultStride ?? output[3]
    let firstLayer = PackedFirstLayer(
      weights: weights, bias: bias, window: window, requantization: requantization,
      instructionSets: instructionSets)
    self.firstLayer = firstLayer
    name = firstLayer?.name ?? matrix.name
    unitCount = output.elementCount == 0 ? 0 : output[0] * output[1]
    let rowByteCount = matrix.isWide ? 2 * (matrix.segmentLength + 1) : window.patchByteCount
    blockCount = min(max(24_576 / max(rowByteCount, 1) / 12 * 12, 12), 96)
    let pointers = (window.tapCount + 8) * MemoryLayout<UnsafeRawPointer?>.stride
    scratchByteCount = (pointers + 63) / 64 * 64 + blockCount * rowByteCount + 64
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
    if window.isPointwise {
      run(
        pixels: units.lowerBound * width..<units.upperBound * width, input: x,
        into: y + units.lowerBound * width * resultStride, scratch: scratch)
    } else {
      for unit in units {
        run(
          row: unit, columns: 0..<width, input: x, into: y + unit * width * resultStride,
          scratch: scratch)
      }
    }
  }

  /// Pixels of a 1x1 convolution, counted through all rows.
  /// - Parameters:
  ///   - input: the tensor's first pixel.
  ///   - result: where the first of `pixels` goes.
  func run(
    pixels: Range<Int>, input: UnsafePointer<UInt8>, into result: UnsafeMutablePointer<UInt8>,
    scratch: UnsafeMutableRawPointer
  ) {
    var first = pixels.lowerBound
    let depth = window.channelCount
    while first < pixels.upperBound {
      let count = min(blockCount, pixels.upperBound - first)
      let target = result + (first - pixels.lowerBound) * resultStride
      let source = input + first * depth
      if matrix.isWide {
        let factors = gatherArea(scratch).assumingMemoryBound(to: Int16.self)
        if depth == wideStride {
          widen(source, factors, count * depth)
        } else {
          for pixel in 0..<count {
            widen(source + pixel * depth, factors + pixel * wideStride, depth)
          }
        }
        multiplyWide(factors, into: target, rowCount: count, scratch)
      } else {
        let segments = pointerArea(scratch)
        segments[0] = UnsafeRawPointer(source)
        matrix.multiply(
          segments, rowStride: depth, into: target, resultStride: resultStride, rowCount: count)
      }
      first += count
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
    let rows = pointerArea(scratch)
    for k in 0..<window.kernelHeight {
      rows[k] =
        window.inputRow(row, tap: k).map { UnsafeRawPointer(input + $0) }
        ?? UnsafeRawPointer(paddingRow.pointer)
    }
    let inner = matrix.isWide ? columns.lowerBound..<columns.lowerBound : window.inner(columns)
    func target(_ column: Int) -> UnsafeMutablePointer<UInt8> {
      result + (column - columns.lowerBound) * resultStride
    }
    gathered(columns.lowerBound..<inner.lowerBound, rows, target, scratch)
    var first = inner.lowerBound
    if firstLayer != nil, !inner.isEmpty {
      firstLayer?.run(
        rows, offset: window.inputColumn(first, tap: 0) * window.channelCount,
        pixelCount: inner.count, into: target(first), resultStride: resultStride)
      first = inner.upperBound
    }
    while first < inner.upperBound {
      let count = min(blockCount, inner.upperBound - first)
      let segments = rows + window.kernelHeight
      window.forEachSegment(column: first) { index, tapRow, offset in
        segments[index] = rows[tapRow].map { $0 + offset }
      }
      matrix.multiply(
        segments, rowStride: window.strideWidth * window.channelCount, into: target(first),
        resultStride: resultStride, rowCount: count)
      first += count
    }
    gathered(inner.upperBound..<columns.upperBound, rows, target, scratch)
  }
}

extension QuantizedConvolution {
  /// int16 factors from one pixel to the next.
  private var wideStride: Int {
    let step = Int(matrix.variant.step)
    return (matrix.segmentLength + step - 1) / step * step
  }

  private func pointerArea(
    _ scratch: UnsafeMutableRawPointer
  ) -> UnsafeMutablePointer<UnsafeRawPointer?> {
    scratch.assumingMemoryBound(to: UnsafeRawPointer?.self)
  }

  private func gatherArea(_ scratch: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer {
    let pointers = (window.tapCount + 8) * MemoryLayout<UnsafeRawPointer?>.stride
    return scratch + (pointers + 63) / 64 * 64
  }

  private func widen(
    _ x: UnsafePointer<UInt8>, _ y: UnsafeMutablePointer<Int16>, _ count: Int
  ) {
    matrix.variant.widen?(x, matrix.inputFlip, y, count)
  }

  private func multiplyWide(
    _ factors: UnsafeMutablePointer<Int16>, into target: UnsafeMutablePointer<UInt8>,
    rowCount: Int, _ scratch: UnsafeMutableRawPointer
  ) {
    let segments = pointerArea(scratch) + window.kernelHeight
    segments[0] = UnsafeRawPointer(factors)
    matrix.multiply(
      segments, rowStride: 2 * wideStride, into: target, resultStride: resultStride,
      rowCount: rowCount)
  }

  /// Pixels whose windows are copied together first: those at the border, or all of them where the
  /// factors have to be widened.
  private func gathered(
    _ columns: Range<Int>, _ rows: UnsafeMutablePointer<UnsafeRawPointer?>,
    _ target: (Int) -> UnsafeMutablePointer<UInt8>, _ scratch: UnsafeMutableRawPointer
  ) {
    let area = gatherArea(scratch)
    var first = columns.lowerBound
    while first < columns.upperBound {
      let count = min(blockCount, columns.upperBound - first)
      if matrix.isWide {
        let factors = area.assumingMemoryBound(to: Int16.self)
        for pixel in 0..<count {
          var next = factors + pixel * wideStride
          forEachRun(first + pixel, rows) { source, length in
            widen(source, next, length)
            next += length
          }
        }
        multiplyWide(factors, into: target(first), rowCount: count, scratch)
      } else {
        let stride = window.patchByteCount
        for pixel in 0..<count {
          let patch = area.assumingMemoryBound(to: UInt8.self) + pixel * stride
          window.forEachTap(column: first + pixel) { tapRow, position, offset in
            (patch + position).update(
              from: source(rows[tapRow], offset), count: window.channelCount)
          }
        }
        let segments = rows + window.kernelHeight
        for index in 0..<window.segmentCount {
          segments[index] = UnsafeRawPointer(area + index * window.paddedSegmentLength)
        }
        matrix.multiply(
          segments, rowStride: stride, into: target(first), resultStride: resultStride,
          rowCount: count)
      }
      first += count
    }
  }

  private func source(_ row: UnsafeRawPointer?, _ offset: Int?) -> UnsafePointer<UInt8> {
    guard let row, let offset else { return paddingRow.pointer }
    return (row + offset).assumingMemoryBound(to: UInt8.self)
  }

  /// The bytes under a pixel's window, in runs that lie together.
  @inline(__always)
  private func forEachRun(
    _ column: Int, _ rows: UnsafeMutablePointer<UnsafeRawPointer?>,
    _ body: (UnsafePointer<UInt8>, Int) -> Void
  ) {
    if window.inner(column..<column + 1).isEmpty || window.dilationWidth > 1 {
      window.forEachTap(column: column) { tapRow, _, offset in
        body(source(rows[tapRow], offset), window.channelCount)
      }
    } else {
      window.forEachSegment(column: column) { _, tapRow, offset in
        body(source(rows[tapRow], offset), window.segmentLength)
      }
    }
  }
}
