import StanceGraph
import StanceTensors

/// What a caller needs to know to set an input or read an output.
public struct TensorDetails: Hashable, Sendable {
  /// As the model has it, not always unique.
  public let name: String
  /// The tensor's number within the model.
  public let index: Int
  /// The shape as it is now: after a resize, the new one.
  public let shape: Shape
  /// The shape with nil where the model leaves a dimension free; nil where it leaves none.
  public let shapeSignature: [Int?]?
  /// What one element is.
  public let elementType: ElementType
  /// What real numbers the integers stand for; nil where they stand for themselves.
  public let quantization: Quantization?
}
