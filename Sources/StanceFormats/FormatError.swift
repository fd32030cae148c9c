/// A file is not what it should be: what is wrong, in which file, at which byte, in which part.
public struct FormatError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What kind of error it is, for programs; more kinds may come.
  public enum Code: Hashable, Sendable {
    /// The system does not let the file be read or written.
    case inaccessible
    /// The content is of no format that is read here.
    case unknownFormat
    /// The format is right and the content contradicts it.
    case malformed
    /// The content is valid and asks for what is not supported.
    case unsupported
    /// Reading it would take far more memory than the file is large.
    case tooLarge
  }

  /// For programs.
  public let code: Code
  /// What is wrong, without the place.
  public let reason: String
  /// The file's path, or the name that the caller gave the bytes.
  public internal(set) var file: String?
  /// Where in the file the reader was.
  public let byteOffset: Int?
  /// The part of the file from the outside in: `["subgraph 0", "tensor 12", "shape"]`.
  public internal(set) var parts: [String]

  public init(
    _ code: Code, _ reason: String, file: String? = nil, byteOffset: Int? = nil,
    parts: [String] = []
  ) {
    self.code = code
    self.reason = reason
    self.file = file
    self.byteOffset = byteOffset
    self.parts = parts
  }

  public var description: String {
    var place: [String] = []
    if let file { place.append(file) }
    if let byteOffset { place.append("byte \(byteOffset)") }
    if !parts.isEmpty { place.append(parts.joined(separator: ", ")) }
    return (place + [reason]).joined(separator: ": ")
  }
}

/// Runs `body`; an error that it throws says that it happened in `part`.
func locating<Result>(_ part: @autoclosure () -> String, _ body: () throws -> Result) throws
  -> Result
{
  do {
    return try body()
  } catch var error as FormatError {
    error.parts.insert(part(), at: 0)
    throw error
  }
}

/// Runs `body`; an error that it throws names the file.
func naming<Result>(file: String, _ body: () throws -> Result) throws -> Result {
  do {
    return try body()
  } catch var error as FormatError {
    error.file = file
    throw error
  }
}

extension String {
  /// The beginning of a text from a file, safe to print: at most 40 scalars, none of which
  /// controls a terminal.
  var excerpt: String {
    var excerpt = ""
    for scalar in unicodeScalars.prefix(40) {
      let isControl = scalar.properties.generalCategory == .control
      excerpt.unicodeScalars.append(isControl ? "\u{FFFD}" : scalar)
    }
    return excerpt
  }
}
