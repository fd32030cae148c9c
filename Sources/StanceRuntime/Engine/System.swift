#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// The value of an environment variable; nil where there is none.
func environmentVariable(_ name: String) -> String? {
  getenv(name).map { String(cString: $0) }
}
