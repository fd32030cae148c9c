import StanceTensors

/// The quantisation of two operands and their result.
struct BinaryScales {
  let a: TensorScale
  let b: TensorScale
  let result: TensorScale

  init<Element: FixedWidthInteger & TensorElement>(
    _ a: TensorView, _ b: TensorView, _ result: MutableTensorView, of type: Element.Type
  ) throws {
    self.a = try TensorScale(a.quantization, of: type)
    self.b = try TensorScale(b.quantization, of: type)
    self.result = try TensorScale(result.quantization, of: type)
  }
}

extension Reference {
  /// `a + sign * b`. Where the scales are within what XNNPACK takes: multipliers of 20 bits and
  /// one rounding, half up. Else TensorFlow Lite's fixed point.
  static func quantizedSum<Element: FixedWidthInteger & TensorElement>(
    _ a: TensorView, _ b: TensorView, _ scales: BinaryScales, sign: Int32,
    _ bounds: ClosedRange<Float>, _ type: Element.Type, into result: MutableTensorView
  ) throws {
    let aScale = scales.a.scale / scales.result.scale
    let bScale = scales.b.scale / scales.result.scale
    let range: Range<Float> = 0x1p-10..<0x1p8
    guard range.contains(aScale), range.contains(bScale) else {
      return try fixedPointSum(a, b, scales, sign: sign, bounds, type, into: result)
    }
    let shift = Int32(20 - max(aScale, bScale).exponent)
    let unit = Float(sign: .plus, exponent: Int(shift), significand: 1)
    let aFactor = Int32((aScale * unit).rounded(.toNearestOrEven))
    let bFactor = Int32((bScale * unit).rounded(.toNearestOrEven)) &* sign
    let bias =
      (1 << (shift - 1)) &- aFactor &* scales.a.zeroPoint &- bFactor &* scales.b.zeroPoint
    let zeroPoint = scales.result.zeroPoint
    let limits = scales.result.evenBounds(bounds, of: type)
    try broadcast(a, b, into: result) { (x: Element, y: Element) in
      let sum =
        bias &+ Int32(truncatingIfNeeded: x) &* aFactor &+ Int32(truncatingIfNeeded: y) &* bFactor
      return Element(truncatingIfNeeded: limits.clamp((sum &>> shift) &+ zeroPoint))
    }
  }

  private static func fixedPointSum<Element: FixedWidthInteger & TensorElement>(
    _ a: TensorView, _ b: TensorView, _ scales: BinaryScales, sign: Int32,
    _ bounds: ClosedRange<Float>, _ type: Element.Type, into result: MutableTensorView
  ) throws {
    let leftShift: Int32 = 20
    let largest = 2 * Double(max(scales.a.scale, scales.b.scale))
    let aFactor = try FixedPointMultiplier.ofScales(Double(scales.a.scale) / largest)
    let bFactor = try FixedPointMultiplier.ofScales(Double(scales.b.scale) / largest)
    let factor = try FixedPointMultiplier.ofScales(
      largest / Double(Float(1 << leftShift) * scales.result.scale))
    let (aZero, bZero) = (scales.a.zeroPoint, scales.b.zeroPoint)
    let zeroPoint = scales.result.zeroPoint
    let limits = scales.result.bounds(bounds, of: type)
    try broadcast(a, b, into: result) { (x: Element, y: Element) in
      let left = aFactor.multiply((Int32(truncatingIfNeeded: x) &- aZero) << leftShift)
      let right = bFactor.multiply((Int32(truncatingIfNeeded: y) &- bZero) << leftShift)
      let sum = factor.multiply(left &+ sign &* right)
      return Element(truncatingIfNeeded: limits.clamp(sum &+ zeroPoint))
    }
  }

  /// `a * b`. Where the scales are within what XNNPACK takes: the product as a float, half to
  /// even. Else TensorFlow Lite's fixed point, which wraps around beyond 16 bits where this one
  /// saturates.
  static func quantizedProduct<Element: FixedWidthInteger & TensorElement>(
    _ a: TensorView, _ b: TensorView, _ scales: BinaryScales, _ bounds: ClosedRange<Float>,
    _ type: Element.Type, into result: MutableTensorView
  ) throws {
    let (aZero, bZero) = (scales.a.zeroPoint, scales.b.zeroPoint)
    let zeroPoint = scales.result.zeroPoint
    let scale = scales.a.scale * scales.b.scale / scales.result.scale
    guard (0x1p-16..<0x1p8).contains(scale) else {
      let factor = try FixedPointMultiplier.ofScales(Double(scale))
      let limits = scales.result.bounds(bounds, of: type)
      return try broadcast(a, b, into: result) { (x: Element, y: Element) in
        let product =
          (Int32(truncatingIfNeeded: x) &- aZero) &* (Int32(truncatingIfNeeded: y) &- bZero)
        return Element(truncatingIfNeeded: limits.clamp(factor.multiply(product) &+ zeroPoint))
      }
    }
    let low = Float(Int32(truncatingIfNeeded: Element.min) - zeroPoint)
    let high = Float(Int32(truncatingIfNeeded: Element.max) - zeroPoint)
    let limits = scales.result.evenBounds(bounds, of: type)
    try broadcast(a, b, into: result) { (x: Element, y: Element) in
      let product =
        (Int32(truncatingIfNeeded: x) &- aZero) &* (Int32(truncatingIfNeeded: y) &- bZero)
      let real = min(max(Float(product) * scale, low), high).rounded(.toNearestOrEven)
      return Element(truncatingIfNeeded: limits.clamp(Int32(real) &+ zeroPoint))
    }
  }

  /// `a / b` in TensorFlow Lite's fixed point: the reciprocal of b by Newton's method.
  ///
  /// A quotient that has to be shifted by more than 31 bits, which is undefined there, is 0 here.
  static func quantizedQuotient<Element: FixedWidthInteger & TensorElement>(
    _ a: TensorView, _ b: TensorView, _ scales: BinaryScales, _ bounds: ClosedRange<Float>,
    _ type: Element.Type, into result: MutableTensorView
  ) throws {
    let (aZero, bZero) = (scales.a.zeroPoint, scales.b.zeroPoint)
    let zero = Element(truncatingIfNeeded: bZero)
    guard try !b.checkedElements(of: type).contains(zero) else { throw divisionByZero }
    let zeroPoint = scales.result.zeroPoint
    let factor = try FixedPointMultiplier.ofScales(
      Double(scales.a.scale / (scales.b.scale * scales.result.scale)))
    let limits = scales.result.bounds(bounds, of: type)
    try broadcast(a, b, into: result) { (x: Element, y: Element) in
      var dividend = Int32(truncatingIfNeeded: x) &- aZero
      var divisor = Int32(truncatingIfNeeded: y) &- bZero
      if divisor < 0 { (dividend, divisor) = (-dividend, -divisor) }
      let (fraction, rightShift) = FixedPoint.reciprocal(of: divisor)
      let headroom = Int32((dividend < 0 ? ~dividend : dividend).leadingZeroBitCount - 1)
      let quotient = FixedPoint.doublingHighProduct(dividend << headroom, fraction)
      let shift = factor.shift - rightShift - headroom
      let scaled = FixedPoint.doublingHighProduct(
        shift > 0 ? quotient << shift : quotient, factor.mantissa)
      let rounded = shift < -31 ? 0 : FixedPoint.dividedByPowerOfTwo(scaled, max(-shift, 0))
      return Element(truncatingIfNeeded: limits.clamp(rounded &+ zeroPoint))
    }
  }
}
