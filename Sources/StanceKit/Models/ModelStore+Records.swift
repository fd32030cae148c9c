import Foundation

extension ModelStore {
  /// How a model compares with what is known of it.
  public struct Verification: Hashable, Sendable {
    /// The file's.
    public let sha256: String
    /// The catalogue's, or the one that was recorded when the model came; nil where nobody knows.
    public let expectedSHA256: String?

    /// Whether the two are known to differ.
    public var isDamaged: Bool { expectedSHA256.map { $0 != sha256 } ?? false }
  }

  /// Reads the whole file and compares its SHA-256.
  /// - Throws: ``KitError`` where there is no such model, or it cannot be read.
  public func verify(_ name: String) throws -> Verification {
    guard holds(name) else { throw missing(name) }
    return Verification(
      sha256: try FileDigest.sha256(ofFileAt: path(of: name)),
      expectedSHA256: try expectedSHA256(of: name))
  }

  /// The catalogue's SHA-256 of a model, else the recorded one; nil where there is neither.
  /// - Throws: ``KitError`` where the record is damaged.
  public func expectedSHA256(of name: String) throws -> String? {
    if let known = catalogue.first(where: { $0.name == name })?.sha256 { return known }
    let path = recordPath(of: name)
    guard PathKind.isFile(path) else { return nil }
    let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
    let sha256 = text.prefix { $0.isHexDigit }.lowercased()
    guard sha256.utf8.count == 64 else {
      throw KitError(
        .inaccessible,
        "\(path) holds no SHA-256; `stance models remove \(name)`, then fetch or add it again")
    }
    return sha256
  }

  /// Writes down what a model is, in the form that `sha256sum -c` reads.
  func record(_ sha256: String, of name: String) throws {
    let path = recordPath(of: name)
    do {
      try Data("\(sha256)  \(name).tflite\n".utf8)
        .write(to: URL(fileURLWithPath: path), options: .atomic)
    } catch {
      throw KitError(.inaccessible, "\(path) cannot be written; is there space, and permission?")
    }
  }

  func recordPath(of name: String) -> String { path(of: name) + ".sha256" }
}
