/// Arithmetic on 32-bit fixed-point numbers as gemmlowp defines it.
enum FixedPoint {
  /// The high half of `2 * a * b`, rounded to nearest, ties away from zero.
  static func doublingHighProduct(_ a: Int32, _ b: Int32) -> Int32 {
    guard a != Int32.min || b != Int32.min else { return Int32.max }
    let product = Int64(a) * Int64(b)
    let nudge: Int64 = product >= 0 ? 1 << 30 : 1 - 1 << 30
    return Int32(truncatingIfNeeded: (product + nudge) / (1 << 31))
  }

  /// `value / 2^exponent`, rounded to nearest, ties away from zero.
  /// - Precondition: `exponent` lies in 0...31.
  static func dividedByPowerOfTwo(_ value: Int32, _ exponent: Int32) -> Int32 {
    let mask = Int32(truncatingIfNeeded: (Int64(1) << exponent) - 1)
    let threshold = (mask >> 1) + (value < 0 ? 1 : 0)
    return (value >> exponent) + (value & mask > threshold ? 1 : 0)
  }

  /// `value * 2^exponent`, saturated.
  static func multipliedByPowerOfTwo(_ value: Int32, _ exponent: Int32) -> Int32 {
    let product = Int64(value) << Int64(exponent)
    return Int32(clamping: product)
  }

  /// The multiplier whose product with a number is that number over the root of `value`.
  ///
  /// Five Newton steps from 1, in 3 integer bits; 0 counts as 1.
  static func reciprocalSquareRoot(of value: Int32) -> FixedPointMultiplier {
    guard value > 1 else { return FixedPointMultiplier(mantissa: Int32.max, shift: 0) }
    var input = value
    var rightShift: Int32 = 11
    while input >= 1 << 29 {
      input /= 4
      rightShift += 1
    }
    let pairs = Int32(input.leadingZeroBitCount - 1) / 2 - 1
    rightShift -= pairs
    input <<= 2 * pairs
    let halfInput = dividedByPowerOfTwo(input >> 1, 1)
    let halfThree: Int32 = 1 << 28 + 1 << 27
    var x: Int32 = 1 << 28
    for _ in 0..<5 {
      let cube = doublingHighProduct(doublingHighProduct(x, x), x)
      let x3 = multipliedByPowerOfTwo(cube, 6)
      let difference =
        doublingHighProduct(halfThree, x) &- doublingHighProduct(halfInput, x3)
      x = multipliedByPowerOfTwo(difference, 3)
    }
    let halfRootOfTwo: Int32 = 1_518_500_250
    x = doublingHighProduct(x, halfRootOfTwo)
    guard rightShift < 0 else { return FixedPointMultiplier(mantissa: x, shift: -rightShift) }
    return FixedPointMultiplier(mantissa: x << -rightShift, shift: 0)
  }
}

/// A positive factor `mantissa * 2^(shift - 31)`.
struct FixedPointMultiplier: Hashable, Sendable {
  let mantissa: Int32
  let shift: Int32

  init(mantissa: Int32, shift: Int32) {
    self.mantissa = mantissa
    self.shift = shift
  }

  /// The nearest such factor; one too small to matter becomes 0, one too large is nil.
  init?(_ factor: Double) {
    guard factor >= 0, factor < 0x1p30 else { return nil }
    guard factor > 0x1p-32 else {
      self.init(mantissa: 0, shift: 0)
      return
    }
    var exponent = Int32(factor.exponent) + 1
    var rounded = Int64((factor.significand * 0x1p30).rounded(.toNearestOrAwayFromZero))
    if rounded == 1 << 31 {
      rounded /= 2
      exponent += 1
    }
    guard exponent >= -31 else {
      self.init(mantissa: 0, shift: 0)
      return
    }
    self.init(mantissa: Int32(rounded), shift: exponent)
  }

  /// `value` times the factor, rounded twice, ties upwards, as vector instructions do it.
  func multiplyRoundingUp(_ value: Int32) -> Int32 {
    let product = (Int64(value << max(shift, 0)) * Int64(mantissa) + 1 << 30) >> 31
    let rightShift = Int64(max(-shift, 0))
    return Int32(truncatingIfNeeded: (product + (1 << rightShift) >> 1) >> rightShift)
  }

  /// `value` times the factor, rounded twice, to 31 bits and to a whole number, ties away from zero.
  func multiply(_ value: Int32) -> Int32 {
    let shifted = value << max(shift, 0)
    return FixedPoint.dividedByPowerOfTwo(
      FixedPoint.doublingHighProduct(shifted, mantissa), max(-shift, 0))
  }
}
