#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// e to the power of `x`, as the platform's mathematics library has it.
func exponential(_ x: Float) -> Float {
  expf(x)
}

/// `exp(x) - 1`, exact near 0.
func exponentialMinusOne(_ x: Double) -> Double {
  expm1(x)
}

/// `(exp(x) - exp(-x)) / (exp(x) + exp(-x))`.
func hyperbolicTangent(_ x: Double) -> Double {
  tanh(x)
}

/// `1 / (1 + exp(-x))`.
func logistic(_ x: Double) -> Double {
  let power = exp(-abs(x))
  return x < 0 ? power / (1 + power) : 1 / (1 + power)
}
