import StanceTensors

/// What is known of an operand when the shapes that follow from it are asked for.
public struct OperandDescription {
  /// What one element is.
  public let elementType: ElementType
  /// The shape as it is in this run.
  public let shape: Shape
  /// The operand's elements where they are integers or `bool` (0 and 1) and known by now: of a
  /// constant always, of a computed value only while the graph runs.
  public let integers: () -> [Int]?
  /// The same of a `float32` operand.
  public let floats: () -> [Float]?

  public init(
    elementType: ElementType, shape: Shape, integers: @escaping () -> [Int]?,
    floats: @escaping () -> [Float]? = { nil }
  ) {
    self.elementType = elementType
    self.shape = shape
    self.integers = integers
    self.floats = floats
  }
}

/// The shapes of an operator's results.
public enum ShapeInference {
  /// - Parameters:
  ///   - operation: any but `custom` and `unsupported`, which have no shapes of their own.
  ///   - operands: as in ``Node/inputs``.
  ///   - outputCount: how many results the node has.
  /// - Returns: a shape for each result; nil where they follow from elements not yet known.
  /// - Throws: ``GraphError`` or `TensorError` where the operands do not fit the operator.
  public static func outputShapes(
    of operation: Operation, operands: [OperandDescription?], outputCount: Int
  ) throws -> [Shape]? {
    let operands = Operands(operation: operation, descriptions: operands, outputCount: outputCount)
    return switch operation.family {
    case .windows: try windowShapes(operation, operands)
    case .elementwise: try elementwiseShapes(operation, operands)
    case .parts: try partShapes(operation, operands)
    case .rearrangement: try rearrangedShapes(operation, operands)
    case .selection: try selectedShapes(operation, operands)
    case .generation: try generatedShapes(operation, operands)
    case nil: nil
    }
  }
}

/// The operands of one node, with errors that name the operator.
struct Operands {
  let operation: Operation
  let descriptions: [OperandDescription?]
  let outputCount: Int

  /// - Throws: where operand `index` is missing.
  subscript(index: Int) -> OperandDescription {
    get throws {
      guard descriptions.indices.contains(index), let operand = descriptions[index] else {
        throw invalid("operand \(index) is missing")
      }
      return operand
    }
  }

  /// Operand `index` where there is one.
  func optional(_ index: Int) -> OperandDescription? {
    descriptions.indices.contains(index) ? descriptions[index] : nil
  }

  /// Axis `axis` of a tensor of rank `rank`, a negative one counted from the last.
  func normalizedAxis(_ axis: Int, rank: Int) throws -> Int {
    let normalized = axis < 0 ? axis + rank : axis
    guard (0..<rank).contains(normalized) else {
      throw invalid("axis \(axis) does not exist in a tensor of rank \(rank)")
    }
    return normalized
  }

  func requireRank(_ rank: Int, of index: Int) throws {
    let shape = try self[index].shape
    guard shape.rank == rank else {
      throw invalid("operand \(index) needs \(rank) dimensions and has shape \(shape)")
    }
  }

  func invalid(_ reason: String) -> GraphError {
    GraphError("\(operation.name): \(reason)")
  }
}
