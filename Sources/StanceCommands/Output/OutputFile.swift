import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A file that comes into being as a whole: written under a name of its own beside its place, and
/// moved there by ``commit()``.
///
/// A place that is no regular file, for instance `/dev/null` or a pipe, is written to directly.
final class OutputFile {
  let path: String
  private let descriptor: Int32
  private let target: String
  /// Nil where the place is written to directly.
  private let temporaryPath: String?
  private var isOpen = true

  /// - Throws: ``CommandError`` that says why nothing can be written at `path`.
  init(path: String) throws {
    self.path = path
    var status = stat()
    let exists = stat(path, &status) == 0
    if exists, status.st_mode & S_IFMT == S_IFDIR {
      throw CommandError.usage("\(path) is a folder; name a file in it")
    }
    if exists, status.st_mode & S_IFMT != S_IFREG {
      target = path
      temporaryPath = nil
      descriptor = open(path, O_WRONLY | O_CLOEXEC)
    } else {
      // A link stays a link: its target is replaced.
      target = exists ? OutputFile.resolved(path) : path
      let url = URL(fileURLWithPath: target)
      let temporary = TemporaryFiles.shared.makePath(beside: url.path)
      temporaryPath = temporary
      descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    }
    guard descriptor >= 0 else {
      let code = errno
      let folder = URL(fileURLWithPath: target).deletingLastPathComponent().path
      let reason =
        code == ENOENT && PathStatus(folder) == .folder
        ? "the system makes no files in \(folder); name another place" : OutputFile.reason(code)
      if let temporaryPath { TemporaryFiles.shared.forget(temporaryPath) }
      isOpen = false
      throw CommandError.failed("\(path) cannot be written: \(reason)")
    }
  }

  deinit { discard() }

  func write(_ text: String) throws {
    var text = text
    try text.withUTF8 { try write(UnsafeRawBufferPointer($0)) }
  }

  func write(_ bytes: [UInt8]) throws {
    try bytes.withUnsafeBytes { try write($0) }
  }

  private func write(_ bytes: UnsafeRawBufferPointer) throws {
    do {
      try writeAll(bytes, to: descriptor)
    } catch {
      throw CommandError.failed("\(path) cannot be written: \(error)")
    }
  }

  /// Puts the file in its place, instead of what was there.
  func commit() throws {
    guard isOpen else { return }
    isOpen = false
    guard close(descriptor) == 0 else {
      let reason = OutputFile.reason(errno)
      if let temporaryPath { TemporaryFiles.shared.remove(temporaryPath) }
      throw CommandError.failed("\(path) cannot be written: \(reason)")
    }
    guard let temporaryPath else { return }
    guard TemporaryFiles.shared.move(temporaryPath, to: target) else {
      let reason = OutputFile.reason(errno)
      TemporaryFiles.shared.remove(temporaryPath)
      throw CommandError.failed("\(path) cannot be written: \(reason)")
    }
  }

  /// Leaves the place as it was.
  func discard() {
    guard isOpen else { return }
    isOpen = false
    close(descriptor)
    if let temporaryPath { TemporaryFiles.shared.remove(temporaryPath) }
  }

  /// Writes `bytes` as a whole.
  static func write(_ bytes: [UInt8], to path: String) throws {
    let file = try OutputFile(path: path)
    try file.write(bytes)
    try file.commit()
  }

  private static func resolved(_ path: String) -> String {
    guard let resolved = realpath(path, nil) else { return path }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  static func reason(_ code: Int32) -> String {
    switch code {
    case ENOENT: "the folder does not exist; make it first"
    case ENOTDIR: "a part of the path is a file and no folder; name another place"
    case ENOSPC: "no space left on the disk"
    case EACCES, EPERM: "no permission"
    case EROFS: "the file system is read-only"
    default: String(cString: strerror(code)).lowercased()
    }
  }
}

/// A system call's failure.
struct SystemFailure: Error, CustomStringConvertible {
  let code: Int32
  var description: String { OutputFile.reason(code) }
}

/// Writes every byte, however many calls it takes.
/// - Throws: ``SystemFailure``.
func writeAll(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) throws {
  var rest = bytes[...]
  while !rest.isEmpty {
    let chunk = UnsafeRawBufferPointer(rebasing: rest)
    let written = write(descriptor, chunk.baseAddress, chunk.count)
    if written < 0 {
      guard errno == EINTR || errno == EAGAIN else { throw SystemFailure(code: errno) }
      continue
    }
    rest = rest.dropFirst(written)
  }
}
