/// A graph contradicts itself or asks for what its operators cannot do.
public struct GraphError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong, where possible with the operator's name before it.
  public let description: String

  public init(_ description: String) {
    self.description = description
  }
}
