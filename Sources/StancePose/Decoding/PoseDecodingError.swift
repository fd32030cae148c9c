/// A model's outputs are not what a decoder can read.
public struct PoseDecodingError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What kind of error it is, for programs; more kinds may come.
  public enum Code: Hashable, Sendable {
    /// No output has the shape that is needed.
    case missingOutput
    /// An output is there, but its shape does not fit the others or the input.
    case mismatchedShape
    /// An output's elements cannot be read as real numbers.
    case unreadableElements
    /// The size given for the model's input is not one that a model can have.
    case invalidInputSize
  }

  /// For programs.
  public let code: Code
  /// For people: what was found, and what is needed instead.
  public let description: String

  init(_ code: Code, _ description: String) {
    self.code = code
    self.description = description
  }
}

extension ModelSize {
  /// - Throws: ``PoseDecodingError`` where no picture can be of this size.
  func check() throws {
    guard width > 0, height > 0 else {
      throw PoseDecodingError(
        .invalidInputSize,
        "a model input of \(self) pixels cannot be; pass the size of the model's input")
    }
  }
}
