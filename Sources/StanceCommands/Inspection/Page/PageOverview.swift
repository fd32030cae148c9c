import StanceGraph

/// What stands beside the drawing while nothing is chosen: what goes in and out of a graph, and which
/// operators have the work.
struct PageOverview {
  let report: GraphReport
  /// The graph's place among the model's.
  let place: Int
  /// What the engine computes the graph in; nil where it does not run here.
  let arenaByteCount: Int?

  var text: String {
    var text = "<div class=\"overview\" data-graph=\"\(place)\">\n<h2>Overview</h2>\n"
    text += "<h3>Inputs</h3>\n" + ends(report.graph.inputs)
    text += "<h3>Outputs</h3>\n" + ends(report.graph.outputs)
    text += work + memory
    return text + "</div>\n"
  }

  private func ends(_ ids: [ValueID]) -> String {
    guard !ids.isEmpty else { return "<p class=\"small\">none</p>\n" }
    return ids.enumerated().map { position, id in
      let value = report.graph[id]
      let name = printable(value.name)
      let address = (place == 0 ? "" : "graph=\(place)&amp;") + "tensor=\(id.index)"
      let quantization =
        value.quantization == nil
        ? "" : "<div class=\"small\">\(Markup.escaped(value.quantizationText))</div>"
      return """
        <div class="card"><div class="head-line"><a class="tensor-name" href="#\(address)">\
        \(Markup.escaped(name.isEmpty ? "tensor \(id.index)" : name))</a>\
        <span class="place">\(position) \u{B7} tensor \(id.index)</span></div>\
        <div class="shape">\(value.dimensionText)<em>\(value.elementType.rawValue)</em></div>\
        \(quantization)</div>

        """
    }.joined()
  }

  /// The shares of the kinds of operators, those with the most multiply-adds first.
  private var work: String {
    struct Share {
      var count = 0
      var multiplyAdds = 0
    }
    var shares: [OperatorKind: Share] = [:]
    for item in report.operators {
      let kind = OperatorKind(item.node.operation)
      shares[kind, default: Share()].count += 1
      shares[kind, default: Share()].multiplyAdds = saturatingSum(
        shares[kind]?.multiplyAdds ?? 0, item.multiplyAdds ?? 0)
    }
    guard !shares.isEmpty else { return "" }
    let rows = OperatorKind.allCases.compactMap { kind in shares[kind].map { (kind, $0) } }
      .enumerated()
      .sorted { ($1.element.1.multiplyAdds, $0.offset) < ($0.element.1.multiplyAdds, $1.offset) }
      .map(\.element)
    var text = "<h3>Multiply-adds by kind</h3>\n<div class=\"work\">\n"
    for (kind, share) in rows {
      let part =
        report.multiplyAdds == 0
        ? 0 : Double(share.multiplyAdds) / Double(report.multiplyAdds) * 100
      let width = DecimalText.aligned(part, decimals: 1)
      let amount = share.multiplyAdds == 0 ? "\u{2013}" : NumberText.short(share.multiplyAdds)
      text += """
        <span class="name"><span class="dot \(kind.rawValue)"></span>\(kind.title) \
        \u{D7} \(share.count)</span><span class="track"><span style="width:\(width)%;\
        background:var(--\(kind.rawValue))"></span></span><span class="n">\(amount)</span>

        """
    }
    return text + "</div>\n"
  }

  private var memory: String {
    let memory = report.memory
    var rows = [("weights", "\(NumberText.grouped(memory.weights)) bytes, as stored")]
    if memory.unpackedWeights > 0 {
      rows.append(("unpacked", "\(NumberText.grouped(memory.unpackedWeights)) bytes of weights"))
    }
    rows.append(("activations", "\(NumberText.grouped(memory.activations)) bytes"))
    rows.append(("at one time", "\(NumberText.grouped(memory.activationPeak)) bytes at most"))
    if let arenaByteCount {
      rows.append(("arena", "\(NumberText.grouped(arenaByteCount)) bytes"))
    }
    let heading = memory.isExact ? "Memory" : "Memory, by the declared shapes"
    return "<h3>\(heading)</h3>\n" + PageFacts.list(rows)
  }
}

/// Names and what is said of them.
enum PageFacts {
  static func list(_ rows: [(String, String)]) -> String {
    let cells = rows.map { name, text in
      "<dt>\(Markup.escaped(printable(name)))</dt><dd>\(Markup.escaped(printable(text)))</dd>\n"
    }
    return "<dl class=\"facts\">\n\(cells.joined())</dl>\n"
  }
}
