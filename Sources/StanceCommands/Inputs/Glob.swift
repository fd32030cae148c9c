#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Patterns of file names that no shell has expanded: `*`, `?` and `[a-z]`.
enum Glob {
  static func hasPattern(_ argument: String) -> Bool {
    argument.contains { "*?[".contains($0) }
  }

  /// Whether `argument` is a pattern and not also the name of a file.
  static func isPatternOnly(_ argument: String) -> Bool {
    guard hasPattern(argument), case .absent = PathStatus(argument) else { return false }
    return true
  }

  /// The paths that match, sorted by their bytes; hidden files only where the pattern says so.
  static func matches(of pattern: String) -> [FileName] {
    var result = glob_t()
    defer { globfree(&result) }
    guard glob(pattern, GLOB_NOSORT, nil, &result) == 0 else { return [] }
    let count = Int(exactly: result.gl_pathc) ?? 0
    let paths = (0..<count).compactMap { index in
      result.gl_pathv[index].map {
        [UInt8](UnsafeRawBufferPointer(start: $0, count: strlen($0)))
      }
    }
    return paths.sorted { $0.lexicographicallyPrecedes($1) }.map(FileName.init)
  }
}
