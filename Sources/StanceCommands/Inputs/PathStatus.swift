#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// What lies at a path, links followed.
enum PathStatus: Hashable, Sendable {
  case file
  case folder
  /// Why nothing can be used there, and what to do.
  case absent(reason: String)

  init(_ path: String) { self.init(Array(path.utf8)) }

  init(_ bytes: [UInt8]) {
    let path = bytes.map(CChar.init(bitPattern:)) + [0]
    var status = stat()
    if stat(path, &status) == 0 {
      self = status.st_mode & S_IFMT == S_IFDIR ? .folder : .file
      return
    }
    let code = errno
    let reason =
      switch code {
      case ENOENT where PathStatus.isLink(path):
        "this link leads to no file; mend it or remove it"
      case ENOENT: "there is no such file or folder"
      case ENOTDIR: "a part of this path is a file and no folder; check the path"
      case ELOOP: "links lead in circles here; mend them or remove them"
      case EACCES, EPERM:
        "no permission to look there; check the permissions of the folders on the path"
      case ENAMETOOLONG: "the path is too long; check it"
      default: "cannot be used: \(SystemFailure(code: code)); check the path"
      }
    self = .absent(reason: reason)
  }

  static func isLink(_ path: String) -> Bool {
    isLink(path.utf8.map(CChar.init(bitPattern:)) + [0])
  }

  /// Whether there is something that is neither a folder nor a regular file; links are followed.
  static func isPipeOrDevice(_ path: String) -> Bool {
    var status = stat()
    guard stat(path, &status) == 0 else { return false }
    return ![S_IFREG, S_IFDIR].contains(status.st_mode & S_IFMT)
  }

  private static func isLink(_ path: [CChar]) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
  }
}
