import CStanceKernels

extension ConvolutionRows {
  /// int16 factors from one pixel to the next.
  var wideStride: Int {
    let step = Int(matrix.variant.step)
    return (matrix.segmentLength + step - 1) / step * step
  }

  func pointerArea(
    _ scratch: UnsafeMutableRawPointer
  ) -> UnsafeMutablePointer<UnsafeRawPointer?> {
    scratch.assumingMemoryBound(to: UnsafeRawPointer?.self)
  }

  func gatherArea(_ scratch: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer {
    scratch + pointerByteCount
  }

  func widen(
    _ x: UnsafePointer<UInt8>, _ y: UnsafeMutablePointer<Int16>, _ count: Int
  ) {
    matrix.variant.widen?(x, matrix.inputFlip, y, count)
  }

  func multiplyWide(
    _ factors: UnsafeMutablePointer<Int16>, into target: UnsafeMutablePointer<UInt8>,
    rowCount: Int, _ scratch: UnsafeMutableRawPointer
  ) {
    let segments = pointerArea(scratch) + window.kernelHeight
    segments[0] = UnsafeRawPointer(factors)
    matrix.multiply(
      segments, rowStride: 2 * wideStride, into: target, resultStride: resultStride,
      rowCount: rowCount)
  }

  /// Pixels whose windows reach beyond the picture horizontally.
  func border(
    _ columns: Range<Int>, _ rows: UnsafeMutablePointer<UnsafeRawPointer?>,
    _ target: (Int) -> UnsafeMutablePointer<UInt8>, _ scratch: UnsafeMutableRawPointer
  ) {
    guard !columns.isEmpty, let firstLayer else {
      return gathered(columns, rows, target, scratch)
    }
    firstLayer.run(
      border: rows, column: window.inputColumn(columns.lowerBound, tap: 0),
      width: window.inputWidth, pixelCount: columns.count, into: target(columns.lowerBound),
      resultStride: resultStride)
  }

  /// Pixels whose windows are copied together first: those at the border, or all of them where the
  /// factors have to be widened.
  func gathered(
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

  func source(_ row: UnsafeRawPointer?, _ offset: Int?) -> UnsafePointer<UInt8> {
    guard let row, let offset else { return paddingRow }
    return (row + offset).assumingMemoryBound(to: UInt8.self)
  }

  /// The bytes under a pixel's window, in runs that lie together.
  @inline(__always)
  func forEachRun(
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
