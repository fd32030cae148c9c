import CStanceKernels

/// The rows of a depthwise convolution of bytes, as ``ConvolutionRows``.
struct DepthwiseRows: @unchecked Sendable, BitwiseCopyable {
  let channels: PackedByteChannels
  let window: ConvolutionWindow
  let geometry: WindowGeometry
  /// Bytes from one pixel of the result to the next.
  let resultStride: Int
  /// A row of pixels outside of the picture.
  let paddingRow: UnsafePointer<UInt8>

  var scratchByteCount: Int {
    (window.kernelHeight + channels.tapPointerCount) * MemoryLayout<UnsafeRawPointer?>.stride
  }

  /// Pixels of one row of the result.
  /// - Parameters:
  ///   - row: counted through all pictures.
  ///   - result: where the first of `columns` goes.
  func run(
    row: Int, columns: Range<Int>, input: PictureRows,
    into result: UnsafeMutablePointer<UInt8>, scratch: UnsafeMutableRawPointer
  ) {
    let rows = scratch.assumingMemoryBound(to: UnsafePointer<UInt8>?.self)
    for k in 0..<window.kernelHeight {
      rows[k] = window.inputRow(row, tap: k).map { input.row($0) } ?? paddingRow
    }
    let inner = window.inner(columns)
    let first = columns.lowerBound
    if let rolling = channels.variant.rolling, rolls {
      var place = place(rows)
      guard let flatLayer = channels.flatLayer, let flat = channels.variant.flat, !inner.isEmpty
      else { return rolling(channels.layer, &place, first, result, resultStride, columns.count) }
      func target(_ column: Int) -> UnsafeMutablePointer<UInt8> {
        result + (column - first) * resultStride
      }
      let (lower, upper) = (inner.lowerBound, inner.upperBound)
      if lower > first {
        rolling(channels.layer, &place, first, result, resultStride, lower - first)
      }
      flat(flatLayer, &place, lower, target(lower), resultStride, inner.count)
      if upper < columns.upperBound {
        rolling(
          channels.layer, &place, upper, target(upper), resultStride, columns.upperBound - upper)
      }
      return
    }
    for column in first..<inner.lowerBound {
      runPixels(column, 1, rows, into: result + (column - first) * resultStride)
    }
    if !inner.isEmpty {
      runPixels(
        inner.lowerBound, inner.count, rows,
        into: result + (inner.lowerBound - first) * resultStride)
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
      rows: (rows[0], rows[1], rows[2]), width: window.inputWidth, stride: geometry.strideWidth,
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
      let isInside = x >= 0 && x < window.inputWidth
      taps[index] =
        isInside ? rows[k].map { $0 + x * window.channelCount } : paddingRow
    }
    channels.variant.run?(
      channels.layer, taps, window.strideWidth * window.channelCount, result, resultStride, count)
  }
}
