import StanceGraph

/// The model's name and totals, the search, and the page's parts.
struct PageHeader {
  let report: ModelReport

  var text: String {
    var subtitle = [report.model.format]
    if !report.model.description.isEmpty { subtitle.append(report.model.description) }
    return """
      <header>
      <div class="top"><div><h1>\(Markup.escaped(report.fileName))</h1>
      <p class="subtitle">\(Markup.escaped(printable(subtitle.joined(separator: " \u{B7} "))))</p></div>
      <div class="search"><input id="search" type="search" placeholder="Find an operator or a tensor" \
      autocomplete="off" spellcheck="false" role="combobox" aria-expanded="false" \
      aria-controls="found" aria-label="Find an operator or a tensor"/><kbd>/</kbd>\
      <ul id="found" class="found" role="listbox" hidden="hidden"></ul></div></div>
      <dl class="totals">\(totals)</dl>
      \(notice)\
      <nav aria-label="Parts of the page">\(links)\(picker)</nav>
      </header>

      """
  }

  private var totals: String {
    guard let main = report.graphs.first else { return "" }
    func total(_ name: String, _ text: String, _ exact: String = "") -> String {
      let small = exact.isEmpty || exact == text ? "" : "<small>\(exact)</small>"
      return "<div><dt>\(name)</dt><dd>\(text)\(small)</dd></div>"
    }
    let isKnown = main.multiplyAdds > 0 || main.unknownOperatorCount == 0
    return total("operators", NumberText.grouped(main.operators.count))
      + total(
        "multiply-adds", isKnown ? NumberText.short(main.multiplyAdds) : "unknown",
        isKnown ? main.multiplyAddText : "")
      + total(
        "parameters", NumberText.short(main.parameterCount),
        NumberText.grouped(main.parameterCount))
      + total("weights", NumberText.bytes(main.memory.weights))
      + total("activations at one time", NumberText.bytes(main.memory.activationPeak))
      + total("file", NumberText.bytes(report.byteCount))
  }

  private var notice: String {
    guard let byteCount = report.graphs.lazy.compactMap(\.edgeTPUByteCount).first else { return "" }
    let text = EdgeTPUExplanation.text(byteCount: byteCount)
    return "<p class=\"notice\">\(Markup.escaped(text))</p>\n"
  }

  private var links: String {
    let main = report.graphs.first
    let views = [
      ("graph", "Graph", nil), ("operators", "Operators", main?.operators.count),
      ("tensors", "Tensors", main?.graph.values.count), ("model", "Model", nil),
    ]
    return views.map { view, title, count in
      let number = count.map { "<span>\($0)</span>" } ?? ""
      return "<a href=\"#view=\(view)\" data-view=\"\(view)\">\(title)\(number)</a>"
    }.joined()
  }

  /// Chooses among several graphs.
  private var picker: String {
    guard report.graphs.count > 1 else { return "" }
    let entries = report.graphs.enumerated().map { index, graph in
      let name = graph.graph.name.isEmpty ? "" : " \(printable(graph.graph.name))"
      return "<option value=\"\(index)\">\(index)\(Markup.escaped(name))</option>"
    }
    return "<label>Graph <select id=\"graph-picker\">\(entries.joined())</select></label>"
  }
}
