import CStanceKernels

extension FloatConvolution {
  /// Neighbouring output pixels of one row, and what of their windows lies in the picture.
  private struct Span {
    let picture: Pixels
    /// Along height: the window's begin, and the rows of it that are in the picture.
    let top: Int
    let kernelRows: Range<Int>
    let columns: Range<Int>
    /// The row of the results that is the first pixel's.
    let resultRow: Int
  }

  /// - Parameter firstResult: the output pixel that goes to the first row of the results.
  func runWindows(
    _ units: Range<Int>, x: Pixels, results: PackedGEMM.Results, firstResult: Int = 0,
    scratch: UnsafeMutableRawBufferPointer
  ) {
    let (height, width) = (output[1], output[2])
    let picture = input[1] * input[2] * input[3]
    var unit = units.lowerBound
    while unit < units.upperBound {
      let (row, column) = unit.quotientAndRemainder(dividingBy: width)
      let (n, i) = row.quotientAndRemainder(dividingBy: height)
      let end = min(width, column + units.upperBound - unit)
      let top = i * geometry.strideHeight - geometry.paddingTop
      run(
        Span(
          picture: x.from(n * picture), top: top, kernelRows: kernelRows(top: top),
          columns: column..<end, resultRow: unit - firstResult),
        results: results, scratch: scratch)
      unit += end - column
    }
  }

  func kernelRows(top: Int) -> Range<Int> {
    let dilation = geometry.dilationHeight
    let lower = top >= 0 ? 0 : min((-top + dilation - 1) / dilation, kernelHeight)
    let upper = top >= input[1] ? 0 : min((input[1] - 1 - top) / dilation + 1, kernelHeight)
    return lower..<max(lower, upper)
  }

  /// The output columns whose windows lie in the picture along width.
  private var interior: Range<Int> {
    let reach = (kernelWidth - 1) * geometry.dilationWidth
    let stride = geometry.strideWidth
    let lower = min((max(geometry.paddingLeft, 0) + stride - 1) / stride, output[2])
    let last = input[2] - 1 - reach + geometry.paddingLeft
    let upper = last < 0 ? 0 : min(last / stride + 1, output[2])
    return lower..<max(lower, upper)
  }

  private func run(
    _ span: Span, results: PackedGEMM.Results, scratch: UnsafeMutableRawBufferPointer
  ) {
    if copiesRows { return multiplyCopies(span, results: results, scratch: scratch) }
    let interior = interior
    let isNarrow = interior.count * 2 < output[2]
    guard bfloat16 == nil, !isNarrow else {
      return multiplyPatches(span, columns: span.columns, results: results, scratch: scratch)
    }
    let inside = interior.clamped(to: span.columns)
    multiplyPatches(
      span, columns: span.columns.lowerBound..<inside.lowerBound, results: results,
      scratch: scratch)
    multiplyInPlace(span, columns: inside, results: results)
    multiplyPatches(
      span, columns: inside.upperBound..<span.columns.upperBound, results: results,
      scratch: scratch)
  }

  /// Windows are read from copies of the rows under them, zeros where those reach over the border.
  private func multiplyCopies(
    _ span: Span, results: PackedGEMM.Results, scratch: UnsafeMutableRawBufferPointer
  ) {
    guard let base = scratch.baseAddress else { return }
    let (width, channels) = (input[2], input[3])
    let left = span.columns.lowerBound * geometry.strideWidth - geometry.paddingLeft
    let reach = left..<left + (span.columns.count - 1) * geometry.strideWidth + kernelWidth
    let taken = reach.clamped(to: 0..<width)
    let target = base.assumingMemoryBound(to: Float.self)
    for k in span.kernelRows {
      let to = target + copiedPieces.base[k]
      let row = span.picture.from(
        (span.top + k * geometry.dilationHeight) * width * channels + taken.lowerBound * channels)
      let before = taken.isEmpty ? 0 : taken.lowerBound - reach.lowerBound
      to.initialize(repeating: 0, count: before * channels)
      (to + before * channels).initialize(
        from: row.base.assumingMemoryBound(to: Float.self), count: taken.count * channels)
      (to + (before + taken.count) * channels).initialize(
        repeating: 0, count: (reach.count - before - taken.count) * channels)
    }
    groups[0].multiply(
      PackedGEMM.Rows(
        base: base, stride: geometry.strideWidth * channels, count: span.columns.count,
        segments: copiedPieces.base + span.kernelRows.lowerBound,
        segmentCount: span.kernelRows.count, segmentLength: kernelWidth * depth,
        firstDepth: span.kernelRows.lowerBound * kernelWidth * depth),
      into: results.from(row: span.resultRow), next: rowsBehind(span))
  }

  /// The rows of the picture that the next row of windows needs besides those of this one.
  private func rowsBehind(_ span: Span) -> UnsafeRawBufferPointer {
    let bottom = span.top + (kernelHeight - 1) * geometry.dilationHeight + 1
    let rows = (bottom..<bottom + geometry.strideHeight).clamped(to: 0..<input[1])
    let rowLength = input[2] * input[3]
    return UnsafeRawBufferPointer(
      start: span.picture.from(rows.lowerBound * rowLength).base,
      count: rows.count * rowLength * 4)
  }

  /// Windows inside of the picture are read from where they lie.
  private func multiplyInPlace(_ span: Span, columns: Range<Int>, results: PackedGEMM.Results) {
    guard !columns.isEmpty else { return }
    let left = columns.lowerBound * geometry.strideWidth - geometry.paddingLeft
    let begin = span.picture.from((span.top * input[2] + left) * input[3])
    let perRow = piecesAreRows ? 1 : kernelWidth
    for (group, gemm) in groups.enumerated() {
      gemm.multiply(
        PackedGEMM.Rows(
          base: begin.from(group * depth).base, stride: geometry.strideWidth * input[3],
          count: columns.count, segments: pieces.base + span.kernelRows.lowerBound * perRow,
          segmentCount: span.kernelRows.count * perRow,
          segmentLength: piecesAreRows ? kernelWidth * depth : depth,
          firstDepth: span.kernelRows.lowerBound * kernelWidth * depth),
        into: results.from(
          row: span.resultRow + columns.lowerBound - span.columns.lowerBound,
          column: group * gemm.columnCount))
    }
  }

  /// Windows are copied to the scratch, zeros where they reach over the border.
  private func multiplyPatches(
    _ span: Span, columns: Range<Int>, results: PackedGEMM.Results,
    scratch: UnsafeMutableRawBufferPointer
  ) {
    guard let target = scratch.baseAddress else { return }
    var first = columns.lowerBound
    while first < columns.upperBound {
      let count = min(patchCapacity, columns.upperBound - first)
      for (group, gemm) in groups.enumerated() {
        for index in 0..<count {
          let patch = target + index * gemm.stepCount * 4
          copyPatch(span, column: first + index, group: group, to: patch)
        }
        gemm.multiply(
          PackedGEMM.Rows(
            base: target, stride: gemm.stepCount, count: count, segments: zero.base,
            segmentCount: 1, segmentLength: gemm.stepCount),
          into: results.from(
            row: span.resultRow + first - span.columns.lowerBound, column: group * gemm.columnCount)
        )
      }
      first += count
    }
  }

  private func copyPatch(
    _ span: Span, column: Int, group: Int, to target: UnsafeMutableRawPointer
  ) {
    let (width, channels) = (input[2], input[3])
    let left = column * geometry.strideWidth - geometry.paddingLeft
    let elementSize = groups[0].precision.byteCount
    target.initializeMemory(as: UInt8.self, repeating: 0, count: groups[0].stepCount * 4)
    for k in span.kernelRows {
      let row = span.picture.from((span.top + k * geometry.dilationHeight) * width * channels)
      let taps = takenColumns(left: left)
      let isOnePiece = piecesAreRows
      for l in isOnePiece ? taps.prefix(1) : taps[...] {
        let source = row.from((left + l * geometry.dilationWidth) * channels + group * depth)
        let count = isOnePiece ? taps.count * depth : depth
        let to = target + (k * kernelWidth + l) * depth * elementSize
        if let bfloat16 {
          bfloat16.roundRows(
            source, rowCount: 1, length: count, to: to.assumingMemoryBound(to: UInt16.self),
            stride: count)
        } else {
          to.copyMemory(from: source.base, byteCount: count * 4)
        }
      }
    }
  }

  /// The columns of a window that lie in the picture.
  private func takenColumns(left: Int) -> Range<Int> {
    let dilation = geometry.dilationWidth
    let lower = left >= 0 ? 0 : min((-left + dilation - 1) / dilation, kernelWidth)
    let upper = left >= input[2] ? 0 : min((input[2] - 1 - left) / dilation + 1, kernelWidth)
    return lower..<max(lower, upper)
  }
}
