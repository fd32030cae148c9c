/// Why a model cannot run, or was called with what it cannot take.
public struct RuntimeError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The kind of error, for programs to tell apart.
  public enum Code: Hashable, Sendable {
    /// There is no kernel for some of the graph's operators.
    case missingOperators
    /// The graph contradicts itself or an operator's rules.
    case unsupportedModel
    /// No input or output has this name or position.
    case unknownTensor
    /// A tensor's elements are not of the input's type.
    case wrongType
    /// A tensor's shape is not the input's.
    case wrongShape
    /// Shapes were not worked out yet, or nothing was computed yet.
    case notAllocated
    /// Values would take more memory than is allowed.
    case tooLarge
    /// An operator cannot work on what it was given.
    case operatorFailed
    /// An option, or an environment variable, has a value that means nothing.
    case invalidOption
  }

  /// The kind of error.
  public let code: Code
  /// What is wrong, where, and what to do.
  public let description: String

  /// - Parameter description: what is wrong, where, and what to do.
  public init(_ code: Code, _ description: String) {
    self.code = code
    self.description = description
  }
}
