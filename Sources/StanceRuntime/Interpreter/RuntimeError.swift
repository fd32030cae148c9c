/// Why a model cannot run, or was called with what it cannot take.
public struct RuntimeError: Error, Hashable, Sendable, CustomStringConvertible {
  public enum Code: Hashable, Sendable {
    case missingOperators, unsupportedModel
    case unknownTensor, wrongType, wrongShape
    case notAllocated, tooLarge, operatorFailed, invalidOption
  }

  public let code: Code
  /// What is wrong, where, and what to do.
  public let description: String

  public init(_ code: Code, _ description: String) {
    self.code = code
    self.description = description
  }
}
