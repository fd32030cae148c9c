import StanceGraph

/// What a file says of itself, and how the page is used.
struct PageModel {
  let report: ModelReport

  var text: String {
    var rows = [("file", report.fileName), ("format", report.model.format)]
    if !report.model.description.isEmpty { rows.append(("description", report.model.description)) }
    rows.append(("size", "\(NumberText.grouped(report.byteCount)) bytes"))
    rows.append(("SHA-256", report.sha256))
    for (index, graph) in report.graphs.enumerated() where report.graphs.count > 1 {
      let name = graph.graph.name.isEmpty ? "" : "\"\(graph.graph.name)\", "
      rows.append(("graph \(index)", "\(name)\(graph.operators.count) operators"))
    }
    if let main = report.graphs.first {
      let counts = main.operatorCounts.map { "\($0.name) \($0.count)" }
      rows.append(("operators", counts.joined(separator: ", ")))
    }
    return "<div>\n<h3>File</h3>\n" + PageFacts.list(rows) + signatures + metadata + Self.keys
      + "</div>\n"
  }

  private var signatures: String {
    guard !report.model.signatures.isEmpty else { return "" }
    func list(_ bindings: [Model.Signature.Binding]) -> String {
      bindings.map { "\($0.name) = tensor \($0.value.index)" }.joined(separator: ", ")
    }
    return "<h3>Signatures</h3>\n"
      + PageFacts.list(
        report.model.signatures.flatMap { signature in
          [
            (signature.key, "of graph \(signature.graphIndex)"),
            ("inputs", list(signature.inputs)), ("outputs", list(signature.outputs)),
          ]
        })
  }

  private var metadata: String {
    guard !report.model.metadata.isEmpty else { return "" }
    return "<h3>Metadata</h3>\n"
      + PageFacts.list(
        report.model.metadata.flatMap { entry in
          [(entry.name, entry.contentText)] + (entry.description?.lines ?? [])
        })
  }

  private static let keys = """
    <h3>Keys</h3>
    <div class="keys">
    <span><kbd>/</kbd></span><span>find an operator or a tensor by name, number, shape or type</span>
    <span><kbd>\u{2191}</kbd> <kbd>\u{2193}</kbd> <kbd>\u{2190}</kbd> <kbd>\u{2192}</kbd></span>\
    <span>in the drawing: walk along the arrows and from side to side</span>
    <span><kbd>shift</kbd> and an arrow</span><span>move the drawing; so does dragging</span>
    <span><kbd>+</kbd> <kbd>-</kbd></span><span>nearer, farther; so does the wheel</span>
    <span><kbd>0</kbd> <kbd>1</kbd></span><span>the whole drawing; its own size</span>
    <span><kbd>esc</kbd></span><span>back to the overview</span>
    </div>

    """
}
