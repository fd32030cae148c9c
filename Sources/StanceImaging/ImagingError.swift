/// A picture cannot be prepared as asked: a size or a region makes no sense.
public struct ImagingError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What went wrong; more cases may come.
  public enum Code: String, Hashable, Sendable {
    case invalidSize, invalidRegion, unsupported
  }

  /// For programs.
  public let code: Code
  /// For people: what is wrong, and what to do.
  public let description: String

  public init(_ code: Code, _ description: String) {
    self.code = code
    self.description = description
  }
}
