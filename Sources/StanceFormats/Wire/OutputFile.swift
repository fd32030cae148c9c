import StanceTensors

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

enum OutputFile {
  /// Writes `parts` one after another to the file at `path`, in place of one that is there.
  /// - Throws: ``FormatError`` where the system refuses.
  static func write(_ parts: [Bytes], to path: String) throws {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw refused(path, errno) }
    do {
      for part in parts { try write(part, to: descriptor, path: path) }
    } catch {
      _ = close(descriptor)
      throw error
    }
    // Some file systems report a full disk only here.
    guard close(descriptor) == 0 else { throw refused(path, errno) }
  }

  private static func write(_ bytes: Bytes, to descriptor: Int32, path: String) throws {
    try bytes.withUnsafeBytes { raw in
      var rest = raw[...]
      while !rest.isEmpty {
        let slice = UnsafeRawBufferPointer(rebasing: rest)
        #if canImport(Darwin)
          let count = Darwin.write(descriptor, slice.baseAddress, slice.count)
        #elseif canImport(Musl)
          let count = Musl.write(descriptor, slice.baseAddress, slice.count)
        #else
          let count = Glibc.write(descriptor, slice.baseAddress, slice.count)
        #endif
        if count < 0 {
          guard errno == EINTR else { throw refused(path, errno) }
          continue
        }
        rest = rest.dropFirst(count)
      }
    }
  }

  private static func refused(_ path: String, _ number: Int32) -> FormatError {
    FormatError(
      .inaccessible, "cannot be written: \(String(cString: strerror(number)))", file: path)
  }
}
