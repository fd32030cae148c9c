#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// `1 / (1 + exp(-logit))`: 0 and 1 at the infinities, NaN for NaN.
func sigmoid(_ logit: Double) -> Double {
  1 / (1 + exp(-logit))
}

/// The logit whose ``sigmoid(_:)`` is `probability`: infinite for 0 and 1, NaN beyond.
func logOdds(_ probability: Double) -> Double {
  -log(1 / probability - 1)
}

/// Sine and cosine of an angle in radians.
func sineAndCosine(_ angle: Double) -> (sine: Double, cosine: Double) {
  (sin(angle), cos(angle))
}

/// The angle of `(x, y)` from the x-axis in radians, -pi...pi.
func arcTangent(y: Double, x: Double) -> Double {
  atan2(y, x)
}
