import CStanceKernels

/// The rows of a convolution of bytes: packed weights and where windows lie. Without references to
/// count, as counting them waits for all memory that is still being written.
struct ConvolutionRows: @unchecked Sendable, BitwiseCopyable {
  let matrix: PackedByteMatrix
  let window: ConvolutionWindow
  let firstLayer: PackedFirstLayer?
  /// Bytes from one pixel of the result to the next.
  let resultStride: Int
  /// A row of pixels outside of the picture.
  let paddingRow: UnsafePointer<UInt8>

  /// Pixels that are multiplied at a time.
  var blockCount: Int { min(max(24_576 / max(rowByteCount, 1) / 12 * 12, 12), 96) }

  var scratchByteCount: Int {
    pointerByteCount + blockCount * rowByteCount + 64
  }

  private var rowByteCount: Int {
    matrix.isWide ? 2 * (matrix.segmentLength + 1) : window.patchByteCount
  }

  var pointerByteCount: Int {
    ((window.tapCount + 8) * MemoryLayout<UnsafeRawPointer?>.stride + 63) / 64 * 64
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
  ///   - result: where the first of `columns` goes.
  func run(
    row: Int, columns: Range<Int>, input: PictureRows,
    into result: UnsafeMutablePointer<UInt8>, scratch: UnsafeMutableRawPointer
  ) {
    let rows = pointerArea(scratch)
    for k in 0..<window.kernelHeight {
      rows[k] =
        window.inputRow(row, tap: k).map { UnsafeRawPointer(input.row($0)) }
        ?? UnsafeRawPointer(paddingRow)
    }
    let inner = matrix.isWide ? columns.lowerBound..<columns.lowerBound : window.inner(columns)
    func target(_ column: Int) -> UnsafeMutablePointer<UInt8> {
      result + (column - columns.lowerBound) * resultStride
    }
    border(columns.lowerBound..<inner.lowerBound, rows, target, scratch)
    var first = inner.lowerBound
    if let firstLayer, !inner.isEmpty {
      firstLayer.run(
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
    border(inner.upperBound..<columns.upperBound, rows, target, scratch)
  }
}
