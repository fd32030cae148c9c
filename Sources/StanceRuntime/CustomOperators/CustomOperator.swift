import StanceTensors

/// An operator of a user's own, or of a vendor, that a model names.
///
/// One instance runs one node. Inputs and results are whole tensors, so that an operator may make
/// results of any shape.
public protocol CustomOperator: Sendable {
  /// The name that model files give the operator.
  static var name: String { get }

  /// - Parameter options: the node's custom options as the file has them, often a FlexBuffer.
  /// - Throws: where the options make no sense.
  init(options: Bytes) throws

  /// - Parameters:
  ///   - inputs: the operands; nil where an optional one is left out.
  ///   - outputs: how the file declares the results. Shapes there may be placeholders.
  /// - Returns: one tensor a result, of the declared element types.
  func run(inputs: [Tensor?], outputs: [TensorDetails]) throws -> [Tensor]
}

/// The custom operators that an interpreter knows, by name.
public struct CustomOperatorRegistry: Sendable {
  private var types: [String: any CustomOperator.Type] = [:]

  /// No operators.
  public init() {}

  /// Those that this library brings.
  public static var standard: CustomOperatorRegistry {
    var registry = CustomOperatorRegistry()
    registry.register(Convolution2DTransposeBias.self)
    return registry
  }

  /// Adds an operator, in place of an earlier one of the same name.
  public mutating func register(_ type: any CustomOperator.Type) {
    types[type.name] = type
  }

  /// The operator of that name; nil where there is none.
  public func type(named name: String) -> (any CustomOperator.Type)? {
    types[name]
  }
}
