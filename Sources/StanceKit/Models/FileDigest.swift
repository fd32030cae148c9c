import Crypto
import Foundation

/// SHA-256 of whole files, in hexadecimal.
enum FileDigest {
  static func sha256(of contents: Data) -> String {
    SHA256.hash(data: contents).map { String(format: "%02x", $0) }.joined()
  }

  /// - Throws: ``KitError`` where the file cannot be read.
  static func sha256(ofFileAt path: String) throws -> String {
    do {
      return sha256(of: try Data(contentsOf: URL(fileURLWithPath: path), options: .alwaysMapped))
    } catch {
      throw KitError(.inaccessible, "\(path) cannot be read; is it there, and is there permission?")
    }
  }
}
