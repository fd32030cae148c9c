/// A tensor's shape, type or size is not what an operation needs.
public struct TensorError: Error, Hashable, Sendable, CustomStringConvertible {
  public let description: String

  /// Dimensions that no tensor can have.
  public static func invalidShape(_ dimensions: [Int], reason: String) -> TensorError {
    TensorError(description: "shape \(dimensions) is invalid: \(reason)")
  }

  /// More or fewer bytes than shape and element type say.
  public static func sizeMismatch(expectedBytes: Int, actualBytes: Int) -> TensorError {
    TensorError(
      description: "a tensor of \(expectedBytes) bytes cannot hold \(actualBytes) bytes")
  }

  /// Elements asked for as another type than theirs.
  public static func typeMismatch(expected: ElementType, actual: ElementType) -> TensorError {
    TensorError(
      description:
        "the tensor's elements are \(expected.rawValue), not \(actual.rawValue); "
        + "use the tensor's own type")
  }

  /// Elements of a type that cannot be computed with.
  public static func unsupportedElementType(_ type: ElementType) -> TensorError {
    TensorError(description: "elements of type \(type.rawValue) cannot be used here")
  }

  /// Real numbers asked for where each index along an axis has its own scale.
  public static let perAxisQuantization = TensorError(
    description: "a per-axis quantised tensor cannot be read as real numbers here")
}
