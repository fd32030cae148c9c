import StanceGraph
import StanceTensors

/// One `SubGraph` table.
struct SubgraphDecoder {
  let table: FlatbufferTable
  let buffers: BufferTable
  let operatorCodes: [OperatorCode]
  private var budget: DecodingBudget { table.buffer.budget }

  init(_ table: FlatbufferTable, buffers: BufferTable, operatorCodes: [OperatorCode]) {
    self.table = table
    self.buffers = buffers
    self.operatorCodes = operatorCodes
  }

  func graph() throws -> Graph {
    let values =
      try table.vector(0, "tensors", elementSize: 4)?
      .mapTables("tensor") { tensor in
        try TensorDecoder(table: tensor, buffers: buffers).value()
      } ?? []
    let inputs = try required(table, 1, "inputs", values: values)
    let nodes =
      try table.vector(3, "operators", elementSize: 4)?
      .mapTables("operator") { try node($0, values: values) } ?? []
    try requireOrder(of: nodes, inputs: inputs, values: values)
    return Graph(
      name: try table.string(4, "name") ?? "", values: values, nodes: nodes, inputs: inputs,
      outputs: try required(table, 2, "outputs", values: values))
  }

  private func node(_ node: FlatbufferTable, values: [Value]) throws -> Node {
    let index = Int(try node.integer(0, "operator code", default: 0 as UInt32))
    guard operatorCodes.indices.contains(index) else {
      throw FormatError(
        .malformed, "operator code \(index) does not exist; the model has \(operatorCodes.count)",
        byteOffset: node.position)
    }
    let code = operatorCodes[index]
    return try locating(code.name) {
      let inputs = try operands(node, 1, "inputs", values: values)
      let outputs = try required(node, 2, "outputs", values: values)
      let lowering = Lowering(
        node: node, code: code, inputCount: inputs.count, outputCount: outputs.count)
      return Node(
        operation: try lowering.operation(), version: max(1, code.version), inputs: inputs,
        outputs: outputs)
    }
  }

  private func required(
    _ table: FlatbufferTable, _ slot: Int, _ name: String, values: [Value]
  ) throws -> [ValueID] {
    let operands = try operands(table, slot, name, values: values)
    try budget.chargeArray(of: ValueID.self, count: operands.count)
    return try operands.map {
      guard let id = $0 else {
        throw FormatError(
          .malformed, "tensor -1 does not exist", byteOffset: table.position, parts: [name])
      }
      return id
    }
  }

  /// Tensor numbers; -1 stands for an operand that is left out.
  private func operands(
    _ table: FlatbufferTable, _ slot: Int, _ name: String, values: [Value]
  ) throws -> [ValueID?] {
    let indices = try table.numbers(slot, name, as: Int32.self) ?? []
    try budget.chargeArray(of: ValueID?.self, count: indices.count)
    return try indices.map { index in
      guard index >= -1, index < values.count else {
        throw FormatError(
          .malformed, "tensor \(index) does not exist; the subgraph has \(values.count)",
          byteOffset: table.position, parts: [name])
      }
      return index < 0 ? nil : ValueID(index)
    }
  }

  /// No tensor is written twice, and none is read before it is written.
  private func requireOrder(of nodes: [Node], inputs: [ValueID], values: [Value]) throws {
    try budget.chargeArray(of: Int.self, count: values.count)
    let (unwritten, given) = (-1, -2)
    var writer = values.map { $0.constant != nil ? given : unwritten }
    for id in inputs { writer[id.index] = given }
    for (index, node) in nodes.enumerated() {
      for id in node.outputs {
        guard writer[id.index] == unwritten else {
          let first = writer[id.index]
          throw FormatError(
            .malformed,
            "tensor \(id.index) is written here and "
              + (first == given ? "is an input or a constant" : "by operator \(first)"),
            byteOffset: table.position, parts: ["operator \(index)", "outputs"])
        }
        writer[id.index] = index
      }
    }
    for (index, node) in nodes.enumerated() {
      for case let id? in node.inputs where writer[id.index] >= index {
        guard !values[id.index].isVariable else { continue }
        throw FormatError(
          .malformed,
          "tensor \(id.index) is read here and written by operator \(writer[id.index]): "
            + "the operators are out of order or form a cycle",
          byteOffset: table.position, parts: ["operator \(index)", "inputs"])
      }
    }
  }
}
