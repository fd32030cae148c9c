/// A tensor's shape, type or size is not what an operation needs.
public struct TensorError: Error, Hashable, Sendable, CustomStringConvertible {
  public let description: String

  public static func invalidShape(_ dimensions: [Int], reason: String) -> TensorError {
    TensorError(description: "shape \(dimensions) is invalid: \(reason)")
  }

  public static func sizeMismatch(expectedBytes: Int, actualBytes: Int) -> TensorError {
    TensorError(
      description: "a tensor of \(expectedBytes) bytes cannot hold \(actualBytes) bytes")
  }

  public static func typeMismatch(expected: ElementType, actual: ElementType) -> TensorError {
    TensorError(
      description:
        "the tensor's elements are \(expected.rawValue), not \(actual.rawValue); "
        + "use the tensor's own type")
  }

  public static func unsupportedElementType(_ type: ElementType) -> TensorError {
    TensorError(description: "elements of type \(type.rawValue) cannot be used here")
  }

  public static let perAxisQuantization = TensorError(
    description: "a per-axis quantised tensor cannot be read as real numbers here")
}
