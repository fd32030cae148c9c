import Foundation

/// What lies at a path.
enum PathKind {
  static func isFile(_ path: String) -> Bool { isFolder(at: path) == false }

  static func isFolder(_ path: String) -> Bool { isFolder(at: path) == true }

  /// Nil where there is nothing.
  private static func isFolder(at path: String) -> Bool? {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { return nil }
    return isFolder.boolValue
  }
}
