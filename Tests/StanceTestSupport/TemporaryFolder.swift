import Foundation

/// A folder for one test, removed with the last reference to it.
package final class TemporaryFolder {
  package let path: String

  package init() throws {
    path =
      FileManager.default.temporaryDirectory
      .appendingPathComponent("stance-tests-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  package subscript(name: String) -> String { "\(path)/\(name)" }

  /// Writes files, each with its own folders.
  package func add(_ names: String..., bytes: [UInt8] = [1]) throws {
    for name in names {
      let url = URL(fileURLWithPath: self[name])
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(bytes).write(to: url)
    }
  }

  package func text(_ name: String) throws -> String {
    String(decoding: try Data(contentsOf: URL(fileURLWithPath: self[name])), as: UTF8.self)
  }

  /// Everything in the folder and below it, hidden files too.
  package var contents: [String] {
    (FileManager.default.enumerator(atPath: path)?.allObjects as? [String] ?? []).sorted()
  }

  /// A whole picture of `width` x 2 pixels, as a BMP file.
  package static func picture(width: Int) -> [UInt8] {
    let rowBytes = (width * 3 + 3) / 4 * 4
    func little(_ value: Int, _ count: Int) -> [UInt8] {
      (0..<count).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
    }
    let pixels = [UInt8](repeating: 128, count: rowBytes * 2)
    return Array("BM".utf8) + little(54 + pixels.count, 4) + little(0, 4) + little(54, 4)
      + little(40, 4) + little(width, 4) + little(2, 4) + little(1, 2) + little(24, 2)
      + little(0, 4) + little(pixels.count, 4) + little(0, 16) + pixels
  }
}
