import CStanceKernels

extension FloatConvolution {
  /// Multiplies pixels where they lie, or rounds them to bfloat16 first, a block at a time.
  func runPointwise(
    _ units: Range<Int>, x: Pixels, results: PackedGEMM.Results,
    scratch: UnsafeMutableRawBufferPointer
  ) {
    let isOdd = bfloat16 != nil && depth % 2 == 1
    guard let bfloat16, isOdd || x.precision == .float32, let target = scratch.baseAddress else {
      return multiplyRows(
        x.from(units.lowerBound * depth).base, count: units.count,
        into: results.from(row: units.lowerBound))
    }
    let rounded = target.assumingMemoryBound(to: UInt16.self)
    var first = units.lowerBound
    while first < units.upperBound {
      let count = min(patchCapacity, units.upperBound - first)
      bfloat16.roundRows(
        x.from(first * depth), rowCount: count, length: depth, to: rounded,
        stride: groups[0].stepCount * 2)
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
}

extension BFloat16Kernels {
  /// Rounds rows to bfloat16, or copies them; a zero follows a row of odd length where `stride` has
  /// room for it.
  func roundRows(
    _ x: Pixels, rowCount: Int, length: Int, to target: UnsafeMutablePointer<UInt16>, stride: Int
  ) {
    var descriptor = st_bf16_rows()
    descriptor.x = x.base
    descriptor.x_is_bf16 = x.precision == .bfloat16 ? 1 : 0
    descriptor.rows = rowCount
    descriptor.length = length
    descriptor.y = target
    descriptor.y_stride = stride
    table.round_rows?(&descriptor)
  }

  /// Rounds numbers to bfloat16.
  func round(
    _ x: UnsafePointer<Float>, count: Int, to target: UnsafeMutablePointer<UInt16>
  ) {
    var descriptor = st_bf16_rows()
    descriptor.x = UnsafeRawPointer(x)
    descriptor.rows = 1
    descriptor.length = count
    descriptor.y = target
    descriptor.y_stride = count
    table.round_rows?(&descriptor)
  }
}
