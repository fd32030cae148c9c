#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A name or a path as the system has it, which may be any bytes.
struct FileName: Sendable {
  let bytes: [UInt8]
  /// Bytes that are no UTF-8 are written as `\xE9`.
  let text: String
  /// Whether the file can be opened by ``text``.
  let isUTF8: Bool

  init(_ bytes: [UInt8]) {
    var text = ""
    var isUTF8 = true
    var parser = Unicode.UTF8.ForwardParser()
    var iterator = bytes.makeIterator()
    var position = 0
    reading: while true {
      switch parser.parseScalar(from: &iterator) {
      case .valid(let units):
        text.unicodeScalars.append(Unicode.UTF8.decode(units))
        position += units.count
      case .error(let length):
        isUTF8 = false
        for byte in bytes.dropFirst(position).prefix(length) {
          let digits = String(byte, radix: 16, uppercase: true)
          text += "\\x" + (digits.count == 1 ? "0" : "") + digits
        }
        position += length
      case .emptyInput: break reading
      }
    }
    self.bytes = bytes
    self.text = text
    self.isUTF8 = isUTF8
  }
}

/// What a folder holds, also names that are no UTF-8, which Foundation leaves out.
enum FolderListing {
  /// Sorted by their bytes; without hidden files.
  /// - Throws: ``SystemFailure`` where the folder cannot be read.
  static func names(in folder: String) throws -> [FileName] {
    guard let stream = opendir(folder) else { throw SystemFailure(code: errno) }
    defer { closedir(stream) }
    var names: [[UInt8]] = []
    while true {
      errno = 0
      guard let entry = readdir(stream) else {
        guard errno == 0 else { throw SystemFailure(code: errno) }
        break
      }
      guard let offset = MemoryLayout<dirent>.offset(of: \.d_name) else { break }
      // In place, as an entry may be shorter than its type.
      let start = (UnsafeRawPointer(entry) + offset).assumingMemoryBound(to: CChar.self)
      let bytes = [UInt8](UnsafeRawBufferPointer(start: start, count: strlen(start)))
      if bytes.first != UInt8(ascii: ".") { names.append(bytes) }
    }
    return names.sorted { $0.lexicographicallyPrecedes($1) }.map(FileName.init)
  }
}
