/// A picture's file in memory, to be decoded in one size or in several.
public struct PictureFile: Sendable {
  private let bytes: [UInt8]
  private let name: String

  /// Reads a file, or standard input where `path` is `-`.
  /// - Throws: ``MediaError`` where it cannot be read or is over ``ImageDecoder/mostBytes``.
  public init(path: String) throws {
    name = path == "-" ? "standard input" : path
    do {
      bytes = try FileBytes.read(path)
    } catch let failure as MediaFailure {
      throw failure.named(name)
    }
  }

  /// Parameters and errors are those of ``ImageDecoder/decode(_:name:atLeast:)``.
  public func decoded(atLeast side: Int? = nil) throws -> DecodedImage {
    try ImageDecoder.decode(bytes, name: name, atLeast: side)
  }
}
