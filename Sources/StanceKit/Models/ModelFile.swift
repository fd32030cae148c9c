import Foundation
import StanceFormats
import StanceGraph

/// A model read from a file, with what identifies the file.
public struct ModelFile: Sendable {
  public let path: String
  /// The file's name without folder and ending.
  public let name: String
  public let byteCount: Int
  /// Of the whole file, in hexadecimal.
  public let sha256: String
  public let model: Model

  /// - Parameter path: of a model file; its weights are mapped, not copied.
  /// - Throws: `FormatError` where the file cannot be read or is damaged.
  public init(path: String) throws {
    let url = URL(fileURLWithPath: path)
    self.path = path
    name = url.deletingPathExtension().lastPathComponent
    model = try ModelReader.read(contentsOf: path)
    let contents = try Data(contentsOf: url, options: .alwaysMapped)
    byteCount = contents.count
    sha256 = FileDigest.sha256(of: contents)
  }
}
