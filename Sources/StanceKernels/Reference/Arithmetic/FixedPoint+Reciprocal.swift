extension FixedPoint {
  /// `1 / value` for a positive value: a number of 31 fractional bits in 1/2...1, and how many
  /// bits it must be shifted right.
  static func reciprocal(of value: Int32) -> (fraction: Int32, rightShift: Int32) {
    let headroom = Int32(value.leadingZeroBitCount)
    let excess = Int32(bitPattern: (UInt32(bitPattern: value) << headroom) &- (1 << 31))
    // Newton's method on 1 / d for d = (1 + excess) / 2 from the linear guess 48/17 - 32/17 d, in
    // numbers of two integer bits.
    let half = Int32((Int64(excess) + Int64(Int32.max) + 1) / 2)
    var x = 1_515_870_810 &+ doublingHighProduct(half, -1_010_580_540)
    for _ in 0..<3 {
      let error = (1 << 29) &- doublingHighProduct(half, x)
      x = x &+ multipliedByPowerOfTwo(doublingHighProduct(x, error), 2)
    }
    return (multipliedByPowerOfTwo(x, 1), 31 - headroom)
  }
}

extension FixedPointMultiplier {
  /// The nearest such factor to one that follows from the scales of operands.
  /// - Throws: ``KernelError`` where it is too large to be one.
  static func ofScales(_ factor: Double) throws -> FixedPointMultiplier {
    guard let multiplier = FixedPointMultiplier(factor) else {
      throw KernelError("the scales of the operands give a factor of \(factor), which is too large")
    }
    return multiplier
  }
}
