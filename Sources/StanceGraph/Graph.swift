import StanceTensors

/// A network: values, and the nodes that compute some of them from others.
///
/// The one representation everything works on, whatever file it came from. Nodes stand in an
/// order in which they can run. Layouts and operator semantics are TensorFlow Lite's (`NHWC`,
/// weights `[O, H, W, I]`).
public struct Graph: Sendable {
  /// As the file has it, often empty.
  public var name: String
  /// All values, in the file's order.
  public var values: [Value]
  /// In an order in which they can run.
  public var nodes: [Node]
  /// The values a caller sets, in the file's order.
  public var inputs: [ValueID]
  /// The values a caller reads, in the file's order.
  public var outputs: [ValueID]

  public init(
    name: String = "", values: [Value] = [], nodes: [Node] = [], inputs: [ValueID] = [],
    outputs: [ValueID] = []
  ) {
    self.name = name
    self.values = values
    self.nodes = nodes
    self.inputs = inputs
    self.outputs = outputs
  }

  /// The value that `id` names.
  public subscript(id: ValueID) -> Value {
    get { values[id.index] }
    set { values[id.index] = newValue }
  }
}

/// Names a ``Value`` of one graph.
public struct ValueID: Hashable, Sendable {
  /// The position in ``Graph/values``.
  public let index: Int

  public init(_ index: Int) {
    self.index = index
  }
}

/// What a graph knows of one tensor before it runs.
public struct Value: Sendable {
  /// As the file has it; for people, not always unique.
  public var name: String
  /// What one element is.
  public var elementType: ElementType
  /// The shape as the file declares it. A dimension that is free to vary is 1 here.
  public var shape: Shape
  /// The shape with nil for each dimension that is free to vary; nil where none is.
  public var shapeSignature: [Int?]?
  /// What real numbers the integers stand for; nil where they stand for themselves.
  public var quantization: Quantization?
  /// The elements of a constant: row-major where ``sparsity`` is nil, else its stored values only.
  public var constant: Bytes?
  /// Where a sparse constant's stored values lie; nil for every other value.
  public var sparsity: Sparsity?
  /// Keeps its elements from one run to the next.
  public var isVariable: Bool
  /// False where the file gives no rank at all, so that ``shape`` says nothing.
  public var hasRank: Bool

  public init(
    name: String, elementType: ElementType, shape: Shape, shapeSignature: [Int?]? = nil,
    quantization: Quantization? = nil, constant: Bytes? = nil, sparsity: Sparsity? = nil,
    isVariable: Bool = false, hasRank: Bool = true
  ) {
    self.name = name
    self.elementType = elementType
    self.shape = shape
    self.shapeSignature = shapeSignature
    self.quantization = quantization
    self.constant = constant
    self.sparsity = sparsity
    self.isVariable = isVariable
    self.hasRank = hasRank
  }
}

/// One operator applied to values.
public struct Node: Sendable {
  /// What is computed, with its options.
  public var operation: Operation
  /// The version of the operator that the file asks for, 1 or more.
  public var version: Int
  /// The operator's position in the file, for messages; nil where it is that in ``Graph/nodes``.
  public var number: Int?
  /// In the operator's own order; nil where an optional operand is left out.
  public var inputs: [ValueID?]
  /// The values that the node computes, in the operator's own order.
  public var outputs: [ValueID]

  public init(operation: Operation, version: Int = 1, inputs: [ValueID?], outputs: [ValueID]) {
    self.operation = operation
    self.version = version
    self.inputs = inputs
    self.outputs = outputs
  }
}
