import StanceTensors

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

extension Bytes {
  /// The content of a file, mapped into memory and read by the system as it is needed.
  ///
  /// The file must not be shortened while these bytes are in use.
  ///
  /// - Throws: ``FormatError`` where there is no such file, it is no regular file, or the system
  ///   refuses to read it.
  public init(mappingFileAt path: String) throws {
    // A pipe that nobody writes to would block an open that waits.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw FormatError.unreadable(path, errno) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw FormatError.unreadable(path, errno) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      let kind = status.st_mode & S_IFMT == S_IFDIR ? "a folder" : "no regular file"
      throw FormatError(.inaccessible, "this is \(kind); give a file", file: path)
    }
    let count = Int(status.st_size)
    guard count > 0 else {
      self.init([])
      return
    }
    guard let address = mmap(nil, count, PROT_READ, MAP_PRIVATE, descriptor, 0),
      address != MAP_FAILED
    else { throw FormatError.unreadable(path, errno) }
    self.init(unsafeBuffer: UnsafeRawBufferPointer(start: address, count: count)) {
      munmap(UnsafeMutableRawPointer(mutating: $0.baseAddress), $0.count)
    }
  }
}

extension FormatError {
  fileprivate static func unreadable(_ path: String, _ number: Int32) -> FormatError {
    FormatError(.inaccessible, "cannot be read: \(String(cString: strerror(number)))", file: path)
  }
}
