import StanceGraph
import StanceTensors

extension ModelReport {
  /// The report for people to read.
  var text: String {
    var text = "\(printable(path))\n"
    text += "  format       \(printable(model.format))\n"
    if !model.description.isEmpty {
      text += "  description  \(printable(model.description))\n"
    }
    text += "  size         \(NumberText.grouped(byteCount)) bytes\n"
    text += "  SHA-256      \(sha256)\n"
    if let byteCount = graphs.lazy.compactMap(\.edgeTPUByteCount).first {
      text += "\n" + EdgeTPUExplanation.text(byteCount: byteCount)
    }
    if let main = graphs.first { text += main.summaryText(arenaByteCount: arenaByteCount) }
    text += signatureText + metadataText
    for (index, graph) in graphs.enumerated() {
      if graphs.count > 1 {
        let name = graph.graph.name.isEmpty ? "" : " \"\(printable(graph.graph.name))\""
        text += "\nGraph \(index)\(name)\(index == 0 ? ", which runs" : "")\n"
        if index > 0 { text += graph.summaryText(arenaByteCount: nil) }
      }
      text += graph.tensorText + graph.operatorText
    }
    return text
  }

  private var signatureText: String {
    guard !model.signatures.isEmpty else { return "" }
    var text = "\nSignatures\n"
    for signature in model.signatures {
      func list(_ bindings: [Model.Signature.Binding]) -> String {
        bindings.map { "\(printable($0.name)) = tensor \($0.value.index)" }
          .joined(separator: ", ")
      }
      text += "  \(printable(signature.key)) of graph \(signature.graphIndex)\n"
      text += "    inputs   \(list(signature.inputs))\n"
      text += "    outputs  \(list(signature.outputs))\n"
    }
    return text
  }

  private var metadataText: String {
    guard !model.metadata.isEmpty else { return "" }
    var table = TextTable(columns: [("name", .left), ("content", .left)])
    for entry in model.metadata {
      table.append([printable(entry.name), entry.contentText])
      for (name, text) in entry.description?.lines ?? [] {
        table.append(["  " + printable(name), printable(text)])
      }
    }
    return "\nMetadata\n" + table.text(indentation: "  ")
  }
}

extension GraphReport {
  /// Inputs, outputs, and figures of the whole graph.
  fileprivate func summaryText(arenaByteCount: Int?) -> String {
    var text = "\nInputs\n" + endText(of: graph.inputs)
    text += "\nOutputs\n" + endText(of: graph.outputs)
    let counts = operatorCounts.map { "\($0.name) \($0.count)" }.joined(separator: ", ")
    text += "\nIn all\n"
    text += "  operators      \(operators.count): \(printable(counts))\n"
    text += "  multiply-adds  \(multiplyAddText)\n"
    text += "  parameters     \(NumberText.grouped(parameterCount))\n"
    text += "\nMemory" + (memory.isExact ? "\n" : ", by the shapes that the file declares\n")
    text += "  weights        \(NumberText.grouped(memory.weights)) bytes, as stored\n"
    if memory.unpackedWeights > 0 {
      text += "  unpacked       \(NumberText.grouped(memory.unpackedWeights)) bytes of weights\n"
    }
    text += "  activations    \(NumberText.grouped(memory.activations)) bytes,"
    text += " at most \(NumberText.grouped(memory.activationPeak)) at one time\n"
    if let arenaByteCount {
      text += "  arena          \(NumberText.grouped(arenaByteCount)) bytes,"
      text += " in which the engine computes them\n"
    }
    return text
  }

  var multiplyAddText: String {
    guard unknownOperatorCount > 0 else { return NumberText.grouped(multiplyAdds) }
    guard multiplyAdds > 0 else { return "unknown" }
    let operators = unknownOperatorCount == 1 ? "operator" : "operators"
    return "\(NumberText.grouped(multiplyAdds)), and those of \(unknownOperatorCount) "
      + "\(operators) that cannot be known"
  }

  private func endText(of ids: [ValueID]) -> String {
    var table = TextTable(columns: [
      ("#", .right), ("tensor", .right), ("name", .left), ("type", .left), ("shape", .left),
      ("quantisation", .left),
    ])
    for (position, id) in ids.enumerated() {
      let value = graph[id]
      table.append([
        String(position), String(id.index), printable(value.name), value.elementType.rawValue,
        value.shapeText, value.quantizationText,
      ])
    }
    return table.text(indentation: "  ")
  }

  fileprivate var tensorText: String {
    var table = TextTable(columns: [
      ("#", .right), ("type", .left), ("shape", .left), ("bytes", .right), ("kind", .left),
      ("quantisation", .left), ("name", .left),
    ])
    let (inputs, outputs) = (Set(graph.inputs), Set(graph.outputs))
    for (index, value) in graph.values.enumerated() {
      let id = ValueID(index)
      table.append([
        String(index), value.elementType.rawValue, value.shapeText,
        value.declaredByteCount.map(NumberText.grouped) ?? "-",
        value.roleText(isInput: inputs.contains(id), isOutput: outputs.contains(id)),
        value.quantizationText, printable(value.name),
      ])
    }
    return "\nTensors\n" + table.text(indentation: "  ")
  }

  fileprivate var operatorText: String {
    var table = TextTable(columns: [
      ("#", .right), ("operator", .left), ("multiply-adds", .right), ("parameters", .right),
      ("operands and results, by tensor", .left), ("options", .left),
    ])
    for (index, report) in operators.enumerated() {
      let node = report.node
      let version = node.version == 1 ? "" : " v\(node.version)"
      let operands = node.inputs.map { $0.map(operandText) ?? "none" }.joined(separator: ", ")
      let results = node.outputs.map(operandText).joined(separator: ", ")
      table.append([
        String(index), printable(node.operation.name) + version,
        report.multiplyAdds.map(NumberText.grouped) ?? "unknown",
        NumberText.grouped(report.parameterCount), "\(operands) -> \(results)",
        printable(node.operation.optionsText),
      ])
    }
    return "\nOperators\n" + table.text(indentation: "  ")
  }

  private func operandText(_ id: ValueID) -> String {
    "\(id.index) \(graph[id].shapeText)"
  }
}

extension Operation {
  /// The options in words; those of TensorFlow Lite's own operators that change nothing are left
  /// out.
  var optionsText: String {
    if case .custom = self {
      return options.map { "\($0.name) \($0.valueText)" }.joined(separator: ", ")
    }
    return options.compactMap(\.text).joined(separator: ", ")
  }
}

extension OperatorOption {
  fileprivate var text: String? {
    switch (name, value) {
    case ("activation", .string("none")), (_, .boolean(false)): return nil
    case (_, .integer(0)) where name.hasSuffix("Mask"): return nil
    case ("dilation", _) where valueText == "1 x 1": return nil
    case (_, .boolean(true)): return words
    default: return "\(words) \(valueText)"
    }
  }

  var valueText: String {
    switch value {
    case .string(let text): return text
    case .object(let members):
      guard members.map(\.0) == ["height", "width"], case .integer(let height) = members[0].1,
        case .integer(let width) = members[1].1
      else { return value.compactText }
      return "\(height) x \(width)"
    default: return value.compactText
    }
  }

  /// `alignsCorners` as `aligns corners`.
  var words: String {
    name.reduce(into: "") { words, character in
      words += character.isUppercase ? " \(character.lowercased())" : String(character)
    }
  }
}
