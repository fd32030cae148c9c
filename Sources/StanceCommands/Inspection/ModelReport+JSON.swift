import StanceGraph
import StanceTensors

extension ModelReport {
  /// Everything that the text says, for programs.
  var json: JSONValue {
    .object([
      ("file", .string(path)),
      ("bytes", .integer(byteCount)),
      ("sha256", .string(sha256)),
      ("format", .string(model.format)),
      ("description", .string(model.description)),
      (
        "explanation",
        .optional(graphs.lazy.compactMap(\.edgeTPUByteCount).first) {
          .string(EdgeTPUExplanation.text(byteCount: $0))
        }
      ),
      ("metadata", .array(model.metadata.map(\.json))),
      ("signatures", .array(model.signatures.map(\.json))),
      (
        "graphs",
        .array(
          graphs.enumerated().map { $1.json(arenaByteCount: $0 == 0 ? arenaByteCount : nil) })
      ),
    ])
  }
}

extension Model.Metadata {
  fileprivate var json: JSONValue {
    .object([
      ("name", .string(name)),
      ("bytes", .integer(bytes.count)),
      ("text", .optional(bytes.printableText, JSONValue.string)),
      ("description", .optional(description, \.json)),
    ])
  }
}

extension Model.Signature {
  fileprivate var json: JSONValue {
    func list(_ bindings: [Binding]) -> JSONValue {
      .array(
        bindings.map {
          .object([("name", .string($0.name)), ("tensor", .integer($0.value.index))])
        })
    }
    return .object([
      ("key", .string(key)),
      ("graph", .integer(graphIndex)),
      ("inputs", list(inputs)),
      ("outputs", list(outputs)),
    ])
  }
}

extension GraphReport {
  fileprivate func json(arenaByteCount: Int?) -> JSONValue {
    .object([
      ("name", .string(graph.name)),
      ("inputs", .array(graph.inputs.map { .integer($0.index) })),
      ("outputs", .array(graph.outputs.map { .integer($0.index) })),
      (
        "totals",
        .object([
          ("operators", .integer(operators.count)),
          ("multiplyAdds", .integer(multiplyAdds)),
          ("operatorsOfUnknownMultiplyAdds", .integer(unknownOperatorCount)),
          ("parameters", .integer(parameterCount)),
        ])
      ),
      (
        "memory",
        .object([
          ("weightBytes", .integer(memory.weights)),
          ("unpackedWeightBytes", .integer(memory.unpackedWeights)),
          ("activationBytes", .integer(memory.activations)),
          ("activationPeakBytes", .integer(memory.activationPeak)),
          ("arenaBytes", .optional(arenaByteCount, JSONValue.integer)),
          ("isExact", .boolean(memory.isExact)),
        ])
      ),
      ("tensors", .array(graph.values.enumerated().map { $1.json(index: $0) })),
      ("operators", .array(operators.enumerated().map { $1.json(index: $0) })),
    ])
  }
}

extension GraphReport.OperatorReport {
  fileprivate func json(index: Int) -> JSONValue {
    .object([
      ("index", .integer(index)),
      ("name", .string(node.operation.name)),
      ("version", .integer(node.version)),
      ("inputs", .array(node.inputs.map { .optional($0) { .integer($0.index) } })),
      ("outputs", .array(node.outputs.map { .integer($0.index) })),
      ("options", .object(node.operation.options.map { ($0.name, $0.value) })),
      ("multiplyAdds", .optional(multiplyAdds, JSONValue.integer)),
      ("parameters", .integer(parameterCount)),
    ])
  }
}
