#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Folders that results go to.
enum OutputFolder {
  /// Makes the folder at `path` and those above it where there are none yet.
  /// - Throws: ``CommandError`` that says why it cannot be made.
  static func make(_ path: String) throws {
    let slash = UInt8(ascii: "/")
    let bytes = Array(path.utf8)
    let ends = bytes.indices.dropFirst().filter { bytes[$0] == slash } + [bytes.count]
    for end in ends where bytes[end - 1] != slash {
      let part = String(decoding: bytes[..<end], as: UTF8.self)
      switch PathStatus(part) {
      case .folder: continue
      case .file:
        throw CommandError.failed(
          "the folder \(path) cannot be made: \(part) is a file and no folder; name another place")
      case .absent:
        // Another program may make it meanwhile.
        guard mkdir(part, 0o777) != 0, errno != EEXIST || PathStatus(part) != .folder else {
          continue
        }
        // What is above is there: it is of a kind, as in /proc, that nothing can be made in.
        let reason =
          errno == ENOENT ? "the system makes no folders there" : "\(SystemFailure(code: errno))"
        let place = part == path ? "" : " (\(part))"
        throw CommandError.failed(
          "the folder \(path) cannot be made: \(reason)\(place); name another place")
      }
    }
  }
}
