/// A picture cannot be read; ``description`` names the file and says what to do.
public struct MediaError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What went wrong; more cases may come.
  public enum Code: String, Hashable, Sendable {
    /// The file cannot be opened or read.
    case unreadable
    /// The bytes are no picture of a known format.
    case notAPicture
    /// A picture, in a format or a variant that cannot be decoded here.
    case unsupported
    /// A truncated or damaged picture.
    case damaged
    /// More than ``ImageDecoder/mostPixels``, or a file of more than ``ImageDecoder/mostBytes``.
    case tooLarge
    /// A library ran out of memory or could not start.
    case resources
  }

  /// For programs.
  public let code: Code
  /// The file's name as the caller gave it.
  public let name: String
  /// What is wrong, and what to do.
  public let reason: String

  public var description: String { "\(name): \(reason)" }

  public init(_ code: Code, name: String, reason: String) {
    self.code = code
    self.name = name
    self.reason = reason
  }
}

/// What is wrong, before the file's name is known.
struct MediaFailure: Error {
  let code: MediaError.Code
  let reason: String

  static func damaged(_ what: String) -> MediaFailure {
    MediaFailure(
      code: .damaged, reason: "the picture is damaged: \(what); get a whole copy of the file")
  }

  static func unsupported(_ what: String) -> MediaFailure {
    MediaFailure(
      code: .unsupported, reason: "\(what) cannot be read here; convert it to JPEG or PNG")
  }

  static func tooLarge(width: Int, height: Int) -> MediaFailure {
    MediaFailure(
      code: .tooLarge,
      reason: "\(width)x\(height) pixels are more than the limit of \(ImageDecoder.mostPixels); "
        + "make the picture smaller")
  }

  func named(_ name: String) -> MediaError {
    MediaError(code, name: name, reason: reason)
  }
}
