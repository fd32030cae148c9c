#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Whole files, read without going through a library's own idea of paths.
enum FileBytes {
  /// The bytes of the file at `path`, or of standard input where it is `-`.
  static func read(_ path: String) throws -> [UInt8] {
    guard path != "-" else { return try readAll(from: 0) }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure() }
    defer { close(descriptor) }
    return try readAll(from: descriptor)
  }

  /// Everything up to the end of a file, a pipe or a terminal's input.
  static func readAll(from descriptor: Int32) throws -> [UInt8] {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw failure() }
    let isRegular = status.st_mode & S_IFMT == S_IFREG
    let expected = isRegular ? Int(status.st_size) : 0
    guard expected <= ImageDecoder.mostBytes else { throw tooLong }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(expected + 1)
    while true {
      // One byte more than expected, so that the end is seen without another round.
      let wanted = max(expected + 1 - bytes.count, 1 << 16)
      var readCount = 0
      let chunk = [UInt8](unsafeUninitializedCapacity: wanted) { buffer, count in
        repeat {
          readCount = posixRead(descriptor, buffer.baseAddress, wanted)
        } while readCount < 0 && errno == EINTR
        count = max(readCount, 0)
      }
      guard readCount >= 0 else { throw failure() }
      guard readCount > 0 else { return bytes }
      if bytes.isEmpty { bytes = chunk } else { bytes += chunk }
      guard bytes.count <= ImageDecoder.mostBytes else { throw tooLong }
    }
  }

  private static var tooLong: MediaFailure {
    MediaFailure(
      code: .tooLarge,
      reason: "the file is longer than \(ImageDecoder.mostBytes) bytes; make the picture smaller")
  }

  private static func failure() -> MediaFailure {
    let number = errno
    let advice =
      switch number {
      case ENOENT: "check the path"
      case EACCES, EPERM: "check its permissions"
      case EISDIR: "give a file instead"
      default: "check the file"
      }
    return MediaFailure(
      code: .unreadable, reason: "cannot be read: \(String(cString: strerror(number))); \(advice)")
  }
}

/// The system's `read`, which the method of that name hides.
private func posixRead(_ descriptor: Int32, _ buffer: UnsafeMutableRawPointer?, _ count: Int) -> Int
{
  read(descriptor, buffer, count)
}
