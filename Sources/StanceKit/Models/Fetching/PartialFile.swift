import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A model file that is not whole yet, hidden beside its place, which one process at a time fills.
final class PartialFile {
  let path: String
  /// How much of the file is there.
  private(set) var byteCount: Int
  private let target: String
  private let descriptor: Int32
  private var isPartial = true

  /// Opens what an earlier attempt has left, or a new file.
  /// - Parameter target: where the file goes once it is whole; its folder is made.
  /// - Throws: ``KitError`` where it cannot be written, or another process fills it.
  init(for target: String) throws {
    let folder = URL(fileURLWithPath: target).deletingLastPathComponent()
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    } catch {
      throw KitError(
        .inaccessible,
        "the model folder \(folder.path) cannot be made; name another place in STANCE_MODELS")
    }
    self.target = target
    path = Self.path(for: target)
    descriptor = try Self.openLocked(path, for: target)
    byteCount = Int(lseek(descriptor, 0, SEEK_END))
  }

  deinit {
    if byteCount == 0 { discard() }
    close(descriptor)
  }

  static func path(for target: String) -> String {
    let url = URL(fileURLWithPath: target)
    return url.deletingLastPathComponent().path + "/.\(url.lastPathComponent).part"
  }

  /// Where the publisher's mark of the file's version is kept, an HTTP entity tag.
  static func tagPath(of path: String) -> String { path + ".etag" }

  var tagPath: String { Self.tagPath(of: path) }

  private static func openLocked(_ path: String, for target: String) throws -> Int32 {
    while true {
      let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
      guard descriptor >= 0 else { throw refused(path, errno) }
      guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
        close(descriptor)
        throw KitError(
          .inaccessible, "\(target) is being fetched by another process; wait until it is done")
      }
      // That process may have put the file in its place between the two calls.
      var opened = stat()
      var named = stat()
      if fstat(descriptor, &opened) == 0, stat(path, &named) == 0, opened.st_ino == named.st_ino {
        return descriptor
      }
      close(descriptor)
    }
  }

  /// - Throws: ``KitError`` where the system refuses. The file is then removed, so that a full disk
  ///   is not left full.
  func append(_ data: Data) throws {
    try data.withUnsafeBytes { raw in
      var rest = raw[...]
      while !rest.isEmpty {
        let count = write(
          descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
        guard count >= 0 || errno == EINTR else {
          let error = Self.refused(target, errno)
          discard()
          throw error
        }
        rest = rest.dropFirst(max(0, count))
      }
    }
    byteCount += data.count
  }

  /// Takes another file's content instead of what is there.
  func copy(contentsOf source: String) throws {
    try empty()
    guard let file = FileHandle(forReadingAtPath: source) else {
      throw KitError(.inaccessible, "\(source) cannot be read; is there permission?")
    }
    while let data = try file.read(upToCount: 1 << 20), !data.isEmpty { try append(data) }
  }

  /// Begins again.
  func empty() throws {
    unlink(tagPath)
    guard byteCount > 0 else { return }
    guard ftruncate(descriptor, 0) == 0, lseek(descriptor, 0, SEEK_SET) == 0 else {
      throw Self.refused(target, errno)
    }
    byteCount = 0
  }

  /// Puts the file in its place, instead of what was there.
  func commit() throws {
    // Some file systems report a full disk only here.
    guard fsync(descriptor) == 0, rename(path, target) == 0 else {
      throw Self.refused(target, errno)
    }
    isPartial = false
    unlink(tagPath)
  }

  /// Removes what is there; nothing where the file is in its place or was removed before.
  func discard() {
    guard isPartial else { return }
    isPartial = false
    unlink(path)
    unlink(tagPath)
  }

  private static func refused(_ path: String, _ code: Int32) -> KitError {
    let reason =
      switch code {
      case ENOSPC, EDQUOT, EFBIG:
        "there is no space left on the disk; make some, or name another place in STANCE_MODELS"
      case EACCES, EPERM, EROFS: "there is no permission; name another place in STANCE_MODELS"
      default: String(cString: strerror(code)).lowercased()
      }
    return KitError(.inaccessible, "\(path) cannot be written: \(reason)")
  }
}
