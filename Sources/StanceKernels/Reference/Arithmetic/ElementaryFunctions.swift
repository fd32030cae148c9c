#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// The C library's functions of one number, in double precision unless they say otherwise.
enum ElementaryFunctions {
  @inline(__always)
  static func exponential(_ x: Float) -> Float { expf(x) }

  /// `exp(x) - 1`, exact near 0.
  @inline(__always)
  static func exponentialMinusOne(_ x: Double) -> Double { expm1(x) }

  @inline(__always)
  static func hyperbolicTangent(_ x: Double) -> Double { tanh(x) }

  /// `1 / (1 + exp(-x))`.
  @inline(__always)
  static func logistic(_ x: Double) -> Double {
    let power = exp(-abs(x))
    return x < 0 ? power / (1 + power) : 1 / (1 + power)
  }
}
