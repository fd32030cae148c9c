#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The terminal, or what stands in its place.
enum Console {
  static var isErrorTerminal: Bool { isatty(STDERR_FILENO) == 1 }

  /// - Throws: ``OutputClosed`` where nobody reads any more, ``CommandError`` where the bytes
  ///   cannot be written.
  static func write(_ text: String) throws {
    var text = text
    do {
      try text.withUTF8 { try writeAll(UnsafeRawBufferPointer($0), to: STDOUT_FILENO) }
    } catch let failure as SystemFailure {
      guard failure.code != EPIPE else { throw OutputClosed() }
      throw CommandError.failed("standard output cannot be written: \(failure)")
    }
  }

  /// A message that nothing depends on.
  static func writeError(_ text: String) {
    var text = text
    try? text.withUTF8 { try writeAll(UnsafeRawBufferPointer($0), to: STDERR_FILENO) }
  }

  /// The terminal's width in characters; 80 where it does not tell.
  static var errorWidth: Int {
    var size = winsize()
    guard ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return Int(size.ws_col)
  }
}
