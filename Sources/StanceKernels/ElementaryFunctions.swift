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
