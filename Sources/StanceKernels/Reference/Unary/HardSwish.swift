import StanceTensors

/// HARD_SWISH of quantised numbers in TensorFlow Lite's 16-bit fixed point:
/// `x * clamp(x + 3, 0, 6) / 6`.
struct HardSwish {
  private let from: TensorScale
  private let to: TensorScale
  private let outputMultiplier: Int16
  private let outputRightShift: Int32
  private let rampMultiplier: Int16
  /// To the left where positive.
  private let rampShift: Int32

  /// - Throws: ``KernelError`` where the output's scale is too fine for the input's.
  init(_ from: TensorScale, _ to: TensorScale) throws {
    self.from = from
    self.to = to
    // Values are held 128 times finer than they come; 32768 stands for 3 on the ramp.
    let fineScale = from.scale * 0x1p-7
    let output = try FixedPointMultiplier.ofScales(Double(fineScale / to.scale))
    let ramp = try FixedPointMultiplier.ofScales(Double(fineScale / (3 / 32768)))
    guard output.shift <= 0 else {
      throw KernelError(
        "HARD_SWISH cannot go from scale \(from.scale) to \(to.scale), "
          + "which is more than 128 times finer")
    }
    outputMultiplier = Self.narrowed(output.mantissa)
    outputRightShift = -output.shift
    rampMultiplier = Self.narrowed(ramp.mantissa)
    rampShift = ramp.shift
  }

  private static func narrowed(_ multiplier: Int32) -> Int16 {
    Int16(clamping: (Int64(multiplier) + 1 << 15) >> 16)
  }

  func function<Element: FixedWidthInteger & TensorElement>(
    of type: Element.Type
  ) -> (Element) -> Element {
    { x in
      let fine = Int16(clamping: (Int32(truncatingIfNeeded: x) - from.zeroPoint) << 7)
      let scaled = Self.roundedProduct(fine, outputMultiplier)
      // x / 3 in -1...1, saturated.
      var ramp = fine
      if rampShift > 0 { ramp = Self.shifted(ramp, rampShift - 1) }
      ramp = Self.roundedProduct(ramp, rampMultiplier)
      if rampShift > 0 { ramp = Self.shifted(ramp, 1) }
      if rampShift < 0 {
        ramp = Int16(
          truncatingIfNeeded: FixedPoint.dividedByPowerOfTwo(Int32(ramp), -rampShift))
      }
      let share = (Int32(ramp) + 1 << 15) >> 1
      let product = share * Int32(scaled) / (1 << 15)
      let output = FixedPoint.dividedByPowerOfTwo(product, outputRightShift)
      return Element(clamping: output &+ to.zeroPoint)
    }
  }

  /// The high half of `2ab`, rounded to nearest.
  private static func roundedProduct(_ a: Int16, _ b: Int16) -> Int16 {
    let product = Int32(a) * Int32(b)
    let nudge: Int32 = product >= 0 ? 1 << 14 : 1 - 1 << 14
    return Int16(clamping: (product + nudge) / (1 << 15))
  }

  private static func shifted(_ value: Int16, _ left: Int32) -> Int16 {
    Int16(clamping: Int64(value) << Int64(left))
  }
}
