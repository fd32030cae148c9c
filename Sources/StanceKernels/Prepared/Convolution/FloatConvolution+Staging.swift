import CStanceKernels

/// How the input rows under a row of windows are laid out as bfloat16, with the padding around them,
/// so that windows can be read where they lie.
struct RowStaging: Sendable {
  /// Channels, and one of zeros where their number is odd: factors come in pairs.
  let channels: Int
  let kernelHeight: Int
  let kernelWidth: Int
  let strideWidth: Int
  /// Output columns at a time, so that the rows stay in the second-level cache.
  let capacity: Int
  /// Of each row of the window, in pairs.
  let segments: PackedNumbers<Int>

  init(depth: Int, kernelHeight: Int, kernelWidth: Int, strideWidth: Int, outputWidth: Int) {
    channels = depth.roundedUp(to: 2)
    (self.kernelHeight, self.kernelWidth) = (kernelHeight, kernelWidth)
    self.strideWidth = strideWidth
    let columns = (96 << 10) / max(kernelHeight * channels * 2, 1)
    capacity = max(1, min(outputWidth, (columns - kernelWidth) / strideWidth + 1))
    let rowLength = ((capacity - 1) * strideWidth + kernelWidth) * channels
    segments = PackedNumbers((0..<kernelHeight).map { $0 * rowLength / 2 })
  }

  /// Input columns under `count` windows.
  func columns(_ count: Int) -> Int { (count - 1) * strideWidth + kernelWidth }
  /// Elements of a row.
  var rowLength: Int { columns(capacity) * channels }
  var byteCount: Int { kernelHeight * rowLength * 2 }

  /// Weights `[O, kH, kW, C]` with ``channels`` instead of C.
  func padded(_ weights: UnsafeBufferPointer<Float>, depth: Int) -> [Float] {
    guard channels > depth, depth > 0 else { return Array(weights) }
    var result: [Float] = []
    result.reserveCapacity(weights.count / depth * channels)
    for first in stride(from: 0, to: weights.count, by: depth) {
      result.append(contentsOf: weights[first..<first + depth])
      result.append(0)
    }
    return result
  }
}

extension FloatConvolution {
  func runStaged(
    _ units: Range<Int>, x: Pixels, staging: RowStaging, results: PackedGEMM.Results,
    scratch: UnsafeMutableRawBufferPointer
  ) {
    guard let target = scratch.baseAddress?.assumingMemoryBound(to: UInt16.self) else { return }
    let pairs = staging.channels / 2
    var unit = units.lowerBound
    while unit < units.upperBound {
      let (row, column) = unit.quotientAndRemainder(dividingBy: output[2])
      let (n, i) = row.quotientAndRemainder(dividingBy: output[1])
      let count = min(output[2] - column, units.upperBound - unit, staging.capacity)
      let top = i * geometry.strideHeight - geometry.paddingTop
      let kernelRows = kernelRows(top: top)
      for k in kernelRows {
        stage(
          x.from((n * input[1] + top + k * geometry.dilationHeight) * input[2] * depth),
          left: column * geometry.strideWidth - geometry.paddingLeft,
          columnCount: staging.columns(count), channels: staging.channels,
          to: target + k * staging.rowLength)
      }
      groups[0].multiply(
        PackedGEMM.Rows(
          base: target, stride: staging.strideWidth * pairs, count: count,
          segments: staging.segments.base + kernelRows.lowerBound,
          segmentCount: kernelRows.count, segmentLength: staging.kernelWidth * pairs,
          firstDepth: kernelRows.lowerBound * staging.kernelWidth * pairs),
        into: results.from(row: unit))
      unit += count
    }
  }

  /// Pixels of a row of the picture from column `left` on, zeros where there are none.
  private func stage(
    _ row: Pixels, left: Int, columnCount: Int, channels: Int,
    to target: UnsafeMutablePointer<UInt16>
  ) {
    let lower = min(max(-left, 0), columnCount)
    let upper = max(min(input[2] - left, columnCount), lower)
    target.update(repeating: 0, count: lower * channels)
    let isDense = channels == depth
    bfloat16?.roundRows(
      row.from((left + lower) * depth), rowCount: isDense ? 1 : upper - lower,
      length: isDense ? (upper - lower) * depth : depth, to: target + lower * channels,
      stride: isDense ? (upper - lower) * depth : channels)
    (target + upper * channels).update(repeating: 0, count: (columnCount - upper) * channels)
  }
}
