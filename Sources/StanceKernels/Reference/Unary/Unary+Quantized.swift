import StanceTensors

extension Reference {
  /// A function of 8-bit elements, with the arithmetic of the kernel that LiteRT runs: XNNPACK's
  /// for logistic, tanh, elu and leakyReLU, TensorFlow Lite's for the others.
  static func quantizedFunction<Element: FixedWidthInteger & TensorElement>(
    _ function: UnaryFunction, from: TensorScale, to: TensorScale, _ type: Element.Type
  ) throws -> (Element) -> Element {
    switch function {
    case .logistic:
      return throughFloat(from, to) { Float(ElementaryFunctions.logistic(Double($0))) }
    case .tanh:
      return throughFloat(from, to) { Float(ElementaryFunctions.hyperbolicTangent(Double($0))) }
    case .elu:
      return throughFloat(from, to) {
        $0 < 0 ? Float(ElementaryFunctions.exponentialMinusOne(Double($0))) : $0
      }
    case .exponential: return throughExponential(from, to)
    case .squareRoot: return squareRoot(from, to)
    case .reciprocalSquareRoot: return try reciprocalSquareRoot(from, to)
    case .absolute: return try absolute(from, to)
    case .clamp(let range): return try clamp(range, from, to)
    case .hardSwish: return try HardSwish(from, to).function(of: type)
    case .leakyReLU(let alpha): return try leakyReLU(alpha, from, to)
    case .negate: return { 0 &- $0 }
    }
  }

  private static func throughFloat<Element: FixedWidthInteger & TensorElement>(
    _ from: TensorScale, _ to: TensorScale, _ function: @escaping (Float) -> Float
  ) -> (Element) -> Element {
    let reciprocal = 1 / to.scale
    return { x in
      let real = Float(Int32(truncatingIfNeeded: x) - from.zeroPoint) * from.scale
      return to.quantized(function(real), reciprocal: reciprocal, of: Element.self)
    }
  }

  private static func throughExponential<Element: FixedWidthInteger & TensorElement>(
    _ from: TensorScale, _ to: TensorScale
  ) -> (Element) -> Element {
    let reciprocal = 1 / to.scale
    return { x in
      let real = from.scale * Float(Int32(truncatingIfNeeded: x) - from.zeroPoint)
      let steps = (ElementaryFunctions.exponential(real) * reciprocal)
        .rounded(.toNearestOrAwayFromZero)
      return Element(
        max(Float(Element.min), min(Float(Element.max), steps + Float(to.zeroPoint))))
    }
  }

  private static func squareRoot<Element: FixedWidthInteger & TensorElement>(
    _ from: TensorScale, _ to: TensorScale
  ) -> (Element) -> Element {
    { x in
      let real = from.scale * Float(max(Int32(truncatingIfNeeded: x) - from.zeroPoint, 0))
      let steps = min((real.squareRoot() / to.scale).rounded(.towardZero), 0x1p20)
      return Element(clamping: Int32(steps) + to.zeroPoint)
    }
  }

  private static func reciprocalSquareRoot<Element: FixedWidthInteger & TensorElement>(
    _ from: TensorScale, _ to: TensorScale
  ) throws -> (Element) -> Element {
    let factor = try FixedPointMultiplier.ofScales(
      1 / Double(from.scale.squareRoot() * to.scale))
    let fractionBits: Int32 = 20
    let final = FixedPointMultiplier(
      mantissa: factor.mantissa, shift: max(factor.shift - fractionBits, -31))
    return { x in
      let value = Int32(truncatingIfNeeded: x) - from.zeroPoint
      guard value > 0 else { return .max }
      let root = FixedPoint.reciprocalSquareRoot(of: value)
      let fixed = FixedPointMultiplier(mantissa: root.mantissa, shift: root.shift + fractionBits)
      return Element(clamping: final.multiply(fixed.multiply(1)) &+ to.zeroPoint)
    }
  }

  private static func absolute<Element: FixedWidthInteger & TensorElement>(
    _ from: TensorScale, _ to: TensorScale
  ) throws -> (Element) -> Element {
    let factor = try FixedPointMultiplier.ofScales(Double(from.scale / to.scale))
    let isSameScale = from.scale == to.scale
    return { x in
      let value = abs(Int32(truncatingIfNeeded: x) - from.zeroPoint)
      return Element(clamping: (isSameScale ? value : factor.multiply(value)) &+ to.zeroPoint)
    }
  }

  private static func clamp<Element: FixedWidthInteger & TensorElement>(
    _ range: ClosedRange<Float>, _ from: TensorScale, _ to: TensorScale
  ) throws -> (Element) -> Element {
    let factor = try FixedPointMultiplier.ofScales(Double(from.scale / to.scale))
    let bounds = to.bounds(range, of: Element.self)
    return { x in
      let value = factor.multiply(Int32(truncatingIfNeeded: x) - from.zeroPoint)
      return Element(truncatingIfNeeded: bounds.clamp(value &+ to.zeroPoint))
    }
  }

  private static func leakyReLU<Element: FixedWidthInteger & TensorElement>(
    _ alpha: Float, _ from: TensorScale, _ to: TensorScale
  ) throws -> (Element) -> Element {
    let positive = from.scale / to.scale
    let negative = positive * alpha
    if (0x1p-8...0x1p7).contains(positive), (-0x1.FFFCp6...0x1p7).contains(negative),
      negative.magnitude >= 0x1p-8
    {
      let positiveFactor = Int32((256 * positive).rounded(.toNearestOrEven))
      let negativeFactor = Int32((256 * negative).rounded(.toNearestOrEven))
      return { x in
        let value = Int32(truncatingIfNeeded: x) - from.zeroPoint
        let product = value &* (value >= 0 ? positiveFactor : negativeFactor)
        return Element(clamping: (product &+ to.zeroPoint << 8 &+ 128) >> 8)
      }
    }
    guard alpha.isFinite else { throw KernelError("the slope \(alpha) is no number") }
    let identity = try FixedPointMultiplier.ofScales(Double(positive))
    let slope = try FixedPointMultiplier.ofScales(
      Double((from.scale * alpha / to.scale).magnitude))
    let sign: Int32 = alpha < 0 ? -1 : 1
    return { x in
      let value = Int32(truncatingIfNeeded: x) - from.zeroPoint
      let scaled = value >= 0 ? identity.multiply(value) : sign &* slope.multiply(value)
      return Element(clamping: scaled &+ to.zeroPoint)
    }
  }
}
