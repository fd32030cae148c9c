import Foundation
import StanceImaging

extension PixelBuffer {
  /// The picture as a PNG file of 8-bit RGB.
  ///
  /// - Throws: ``DrawingError`` where a side is longer than 32767 pixels or memory is short.
  public func pngBytes() throws -> [UInt8] {
    try Surface.picture(self).encoded()
  }

  /// Writes the picture as a PNG file, whatever the extension of `path`; replaces what is there.
  ///
  /// - Throws: ``DrawingError`` as ``pngBytes()``, and where the file cannot be written.
  public func writePNG(to path: String) throws {
    try writeFile(pngBytes(), to: path)
  }
}

/// Replaces the file at `path` only once all of `bytes` is written.
func writeFile(_ bytes: [UInt8], to path: String) throws {
  do {
    try Data(bytes).write(to: URL(fileURLWithPath: path), options: .atomic)
  } catch {
    throw DrawingError.unwritable(path: path, reason: explanation(of: error, path: path))
  }
}

private func explanation(of error: any Error, path: String) -> String {
  let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
  var isFolder: ObjCBool = false
  if !FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder) {
    return "the folder \(folder) does not exist; make it first"
  }
  if !isFolder.boolValue { return "\(folder) is a file, not a folder" }
  if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue {
    return "it is a folder; name a file in it"
  }
  if !FileManager.default.isWritableFile(atPath: folder) {
    return "no permission to write in the folder \(folder)"
  }
  return error.localizedDescription
}
