import StanceGraph
import StanceTensors

/// The two lines of a box.
struct BoxText {
  let title: String
  /// At the right end of the first line.
  let detail: String
  let subtitle: String
  /// At the right end of the second line.
  let figure: String

  init(_ node: Node, in graph: Graph, multiplyAdds: Int?) {
    title = printable(node.operation.name)
    detail = node.operation.windowText(of: node, in: graph)
    var parts = [node.outputs.first.map { graph[$0].dimensionText } ?? "no result"]
    if node.outputs.count > 1 { parts[0] += " and \(node.outputs.count - 1) more" }
    if let activation = node.operation.activationText { parts.append(activation) }
    subtitle = parts.joined(separator: " \u{B7} ")
    figure = multiplyAdds.flatMap { $0 > 0 ? NumberText.short($0) : nil } ?? ""
  }

  /// An input or an output of the graph.
  init(end value: Value, title: String) {
    self.title = title
    detail = value.elementType.rawValue
    subtitle = value.dimensionText
    figure = ""
  }
}

extension Value {
  /// The shape as people write it, for instance `1 × 17 × 17 × 34`.
  var dimensionText: String {
    guard hasRank else { return "unknown shape" }
    let sizes = shapeSignature?.map { $0.map(String.init) ?? "?" } ?? shape.map { String($0) }
    return sizes.isEmpty ? "scalar" : sizes.joined(separator: " \u{D7} ")
  }
}

extension Operation {
  /// The activation that the operator ends with.
  fileprivate var activationText: String? {
    for option in options where option.name == "activation" {
      if case .string(let name) = option.value, name != "none" { return name }
    }
    return nil
  }

  /// Window and stride, for instance `3 × 3 / 2`.
  fileprivate func windowText(of node: Node, in graph: Graph) -> String {
    func text(_ height: Int, _ width: Int, _ strides: Steps) -> String {
      let window = "\(height) \u{D7} \(width)"
      if strides.height == strides.width {
        return strides.height == 1 ? window : "\(window) / \(strides.height)"
      }
      return "\(window) / \(strides.height), \(strides.width)"
    }
    func weights(_ strides: Steps) -> String {
      guard node.inputs.count > 1, let id = node.inputs[1], graph[id].shape.rank == 4 else {
        return ""
      }
      return text(graph[id].shape[1], graph[id].shape[2], strides)
    }
    switch self {
    case .convolution(let options): return weights(options.strides)
    case .depthwiseConvolution(let options): return weights(options.window.strides)
    case .transposeConvolution(let options): return weights(options.strides)
    case .pooling(let options):
      return text(options.window.height, options.window.width, options.strides)
    default: return ""
    }
  }
}
