/// Elements that a kernel cannot work with, found while it runs.
public struct KernelError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong, in terms of operands and results.
  public let description: String

  public init(_ description: String) {
    self.description = description
  }
}
