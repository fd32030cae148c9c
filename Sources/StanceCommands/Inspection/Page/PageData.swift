import StanceGraph
import StanceTensors

/// What the page's script knows of a model.
struct PageData {
  let report: ModelReport
  /// Of each graph; nil where one is too large to be drawn.
  let drawings: [GraphDrawing?]
  /// Of each graph's tensors; nil where one is no constant.
  let numbers: [[ConstantFigures?]]

  var json: JSONValue {
    .object([
      (
        "kinds",
        .object(OperatorKind.allCases.map { ($0.rawValue, .string($0.title)) })
      ),
      ("graphs", .array(report.graphs.indices.map(graph))),
    ])
  }

  private func graph(_ index: Int) -> JSONValue {
    let graph = report.graphs[index]
    let unpackers = drawings[index]?.unpackers ?? [:]
    return .object([
      ("inputs", .array(graph.graph.inputs.map { .integer($0.index) })),
      ("outputs", .array(graph.graph.outputs.map { .integer($0.index) })),
      ("multiplyAdds", .integer(graph.multiplyAdds)),
      ("parameters", .integer(graph.parameterCount)),
      (
        "operators",
        .array(
          graph.operators.enumerated().map { position, item in
            item.pageJSON(in: graph.graph, drawnIn: unpackers[position])
          })
      ),
      (
        "tensors",
        .array(
          graph.graph.values.indices.map {
            graph.graph.tensorJSON($0, figures: numbers[index][$0])
          })
      ),
    ])
  }
}

extension GraphReport.OperatorReport {
  fileprivate func pageJSON(in graph: Graph, drawnIn user: Int?) -> JSONValue {
    let options = node.operation.options.map { option in
      JSONValue.array([.string(option.words), .string(printable(option.valueText))])
    }
    return .object([
      ("name", .string(printable(node.operation.name))),
      ("kind", .string(OperatorKind(node.operation).rawValue)),
      ("version", .integer(node.version)),
      ("inputs", .array(node.inputs.map { .optional($0) { .integer($0.index) } })),
      ("outputs", .array(node.outputs.map { .integer($0.index) })),
      ("results", .string(node.outputs.map { graph[$0].dimensionText }.joined(separator: ", "))),
      ("options", .array(options)),
      ("multiplyAdds", .optional(multiplyAdds, JSONValue.integer)),
      ("multiplyAddsText", .string(multiplyAddText)),
      ("parameters", .integer(parameterCount)),
      ("parametersText", .string(NumberText.grouped(parameterCount))),
      ("drawnIn", .optional(user, JSONValue.integer)),
    ])
  }

  /// As the report's text has them.
  var multiplyAddText: String { multiplyAdds.map(NumberText.grouped) ?? "unknown" }
}

extension Graph {
  fileprivate func tensorJSON(_ index: Int, figures: ConstantFigures?) -> JSONValue {
    let value = values[index]
    var members: [(String, JSONValue)] = [
      ("name", .string(printable(value.name))),
      ("type", .string(value.elementType.rawValue)),
      ("shape", .string(value.dimensionText)),
      ("bytes", .string(value.declaredByteCount.map(NumberText.grouped) ?? "unknown")),
      ("role", .string(roleText(of: ValueID(index)))),
      ("quantisation", .string(value.quantizationText)),
    ]
    if let figures {
      members.append(("values", .optional(figures.values, JSONValue.string)))
      members.append(("statistics", .optional(figures.statistics, \.pageJSON)))
    }
    return .object(members)
  }

  /// Whether a value is an input, an output, a constant.
  func roleText(of id: ValueID) -> String {
    self[id].roleText(isInput: inputs.contains(id), isOutput: outputs.contains(id))
  }
}

extension WeightStatistics {
  fileprivate var pageJSON: JSONValue {
    let zeroAt =
      minimum < 0 && maximum > 0
      ? JSONValue.number(-minimum / (maximum - minimum), decimals: 4) : .null
    return .object([
      ("minimum", .string(NumberText.significant(minimum))),
      ("maximum", .string(NumberText.significant(maximum))),
      ("mean", .string(NumberText.significant(mean))),
      ("deviation", .string(NumberText.significant(deviation))),
      ("zeros", .string(zeroText)),
      ("histogram", .array(histogram.map(JSONValue.integer))),
      ("zeroAt", zeroAt),
      ("note", .optional(note, JSONValue.string)),
    ])
  }

  /// The share of zeros in per cent.
  var zeroText: String {
    zeros == 0 || zeros == 1
      ? "\(Int(zeros * 100)) %" : DecimalText.aligned(zeros * 100, decimals: 1) + " %"
  }

  private var note: String? {
    var notes: [String] = []
    if sampling > 1 { notes.append("one of every \(sampling) elements was looked at") }
    if strangeCount > 0 {
      notes.append("\(NumberText.grouped(strangeCount)) are not finite and left out")
    }
    return notes.isEmpty ? nil : notes.joined(separator: "; ")
  }
}
