import StanceGraph
import StanceTensors

/// Puts small graphs together by name.
struct GraphBuilder {
  var graph = Graph(name: "test")

  @discardableResult
  mutating func value(
    _ name: String, _ shape: Shape = [], _ elementType: ElementType = .float32,
    signature: [Int?]? = nil, quantization: Quantization? = nil, isVariable: Bool = false
  ) -> ValueID {
    graph.values.append(
      Value(
        name: name, elementType: elementType, shape: shape, shapeSignature: signature,
        quantization: quantization, isVariable: isVariable))
    return ValueID(graph.values.count - 1)
  }

  mutating func input(
    _ name: String, _ shape: Shape, _ elementType: ElementType = .float32,
    signature: [Int?]? = nil, quantization: Quantization? = nil
  ) -> ValueID {
    let id = value(name, shape, elementType, signature: signature, quantization: quantization)
    graph.inputs.append(id)
    return id
  }

  mutating func constant<Element: TensorElement>(
    _ name: String, _ elements: [Element], _ shape: Shape? = nil
  ) -> ValueID {
    let id = value(name, shape ?? [elements.count], Element.elementType)
    graph[id].constant = elements.withUnsafeBytes { Bytes(copying: $0) }
    return id
  }

  /// Weights `[O, 1, 1, C]` of which only those that are not zero are stored, and the node that gives
  /// them all.
  mutating func sparse(_ name: String, _ elements: [Float], _ shape: Shape) -> ValueID {
    let (rows, depth) = (shape[0], shape[3])
    let stored = elements.indices.filter { elements[$0] != 0 }
    let segments = (0...rows).map { row in
      Int32(stored.prefix { $0 < row * depth }.count)
    }
    func indices(_ numbers: [Int32]) -> IndexVector {
      IndexVector(
        elementType: .int32, bytes: numbers.withUnsafeBytes { Bytes(copying: $0) })
    }
    let id = constant(name, stored.map { elements[$0] }, shape)
    graph[id].sparsity = Sparsity(
      traversalOrder: [0, 1, 2, 3], blockMap: [],
      levels: [
        .dense(size: rows), .dense(size: 1), .dense(size: 1),
        .compressed(
          segments: indices(segments), indices: indices(stored.map { Int32($0 % depth) })),
      ])
    return node(.densify, [id], "\(name), dense")
  }

  mutating func integers(_ elements: [Int32], _ shape: Shape? = nil) -> ValueID {
    constant("integers \(graph.values.count)", elements, shape)
  }

  mutating func node(
    _ operation: Operation, _ inputs: [ValueID?], to outputs: [ValueID], version: Int = 1
  ) {
    graph.nodes.append(
      Node(operation: operation, version: version, inputs: inputs, outputs: outputs))
  }

  /// A node with one new result.
  mutating func node(
    _ operation: Operation, _ inputs: [ValueID?], _ name: String,
    _ elementType: ElementType = .float32
  ) -> ValueID {
    let result = value(name, [], elementType)
    node(operation, inputs, to: [result])
    return result
  }

  mutating func output(_ ids: ValueID...) {
    graph.outputs += ids
  }

  /// Two rows of three in, the same transposed out.
  static var transposition: Graph {
    var builder = GraphBuilder()
    let x = builder.input("x", [2, 3], signature: [nil, 3])
    let axes = builder.integers([1, 0])
    builder.output(builder.node(.transpose, [x, axes], "y"))
    return builder.graph
  }
}

extension Tensor {
  static func floats(_ elements: [Float], _ shape: Shape? = nil) throws -> Tensor {
    try Tensor(elements, shape: shape ?? [elements.count])
  }
}
