import CStanceKernels

extension FloatConvolution {
  /// Multiplies pixels where they lie, or rounds them to bfloat16 first, a block at a time.
  func runPointwise(
    _ units: Range<Int>, x: UnsafePointer<Float>, results: PackedGEMM.Results,
    scratch: UnsafeMutableRawBufferPointer
  ) {
    guard groups[0].precision == .bfloat16, let target = scratch.baseAddress else {
      return multiplyRows(
        x + units.lowerBound * depth, count: units.count,
        into: results.from(row: units.lowerBound))
    }
    let row = groups[0].stepCount * 2
    let rounded = target.assumingMemoryBound(to: UInt16.self)
    var first = units.lowerBound
    while first < units.upperBound {
      let count = min(patchCapacity, units.upperBound - first)
      round(x + first * depth, rowCount: count, rowLength: depth, to: rounded, stride: row)
      multiplyRows(target, count: count, into: results.from(row: first))
      first += count
    }
  }

  /// Rows of the whole depth, one behind the other.
  func multiplyRows(_ rows: UnsafeRawPointer, count: Int, into results: PackedGEMM.Results) {
    let steps = groups[0].stepCount
    groups[0].multiply(
      PackedGEMM.Rows(
        base: rows, stride: steps, count: count, segments: zero.base, segmentCount: 1,
        segmentLength: steps),
      into: results)
  }

  /// Rounds rows to bfloat16; a zero follows a row of odd length.
  func round(
    _ x: UnsafePointer<Float>, rowCount: Int, rowLength: Int,
    to target: UnsafeMutablePointer<UInt16>, stride: Int
  ) {
    if stride == rowLength { return roundToBFloat16(x, target, rowCount * rowLength) }
    for row in 0..<rowCount {
      roundToBFloat16(x + row * rowLength, target + row * stride, rowLength)
      target[row * stride + rowLength] = 0
    }
  }

  func roundToBFloat16(
    _ x: UnsafePointer<Float>, _ target: UnsafeMutablePointer<UInt16>, _ count: Int
  ) {
    bfloat16Rounding?(x, target, count)
  }
}
