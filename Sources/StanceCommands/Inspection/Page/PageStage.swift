import StanceGraph

/// The drawing of a graph with what moves it.
struct PageStage {
  let report: GraphReport
  /// Nil where the graph is too large.
  let drawing: GraphDrawing?
  /// The graph's place among the model's.
  let place: Int

  var text: String {
    guard let drawing else {
      return """
        <p class="notice" style="margin:22px">This graph has \
        \(NumberText.grouped(report.operators.count)) operators, too many for a drawing. \
        The tables list them all.</p>

        """
    }
    let layout = drawing.layout
    let (width, height) = (Markup.number(layout.width), Markup.number(layout.height))
    let markup = drawing.markup(
      multiplyAdds: report.operators.map(\.multiplyAdds), prefix: "g\(place)-")
    return """
      <svg class="stage" data-graph="\(place)" data-width="\(width)" data-height="\(height)" \
      width="\(width)" height="\(height)" tabindex="0" role="group" \
      aria-label="Drawing of the graph; arrow keys walk along it">
      <g class="camera"><g class="scene">
      \(markup)
      </g></g>
      </svg>
      <svg class="minimap" aria-hidden="true" width="0" height="0">\
      <rect class="lens"/></svg>
      \(Self.tools)
      \(legend(drawing))

      """
  }

  private func legend(_ drawing: GraphDrawing) -> String {
    var counts: [OperatorKind: Int] = [:]
    for case .operator(let index) in drawing.items {
      counts[OperatorKind(report.graph.nodes[index].operation), default: 0] += 1
    }
    let entries = OperatorKind.allCases.compactMap { kind in
      counts[kind].map { count in
        """
        <button type="button" data-kind="\(kind.rawValue)" aria-pressed="false">\
        <span class="dot \(kind.rawValue)"></span>\(kind.title) <small>\(count)</small></button>
        """
      }
    }
    return "<div class=\"legend\" role=\"group\" aria-label=\"Kinds of operators\">"
      + "\(entries.joined())</div>"
  }

  private static let tools = """
    <div class="tools">\
    <button type="button" data-act="in" title="Nearer (+)" aria-label="Nearer">\
    <svg viewBox="0 0 16 16"><path d="M8 3v10M3 8h10"/></svg></button>\
    <button type="button" data-act="out" title="Farther (-)" aria-label="Farther">\
    <svg viewBox="0 0 16 16"><path d="M3 8h10"/></svg></button>\
    <button type="button" data-act="fit" title="The whole drawing (0)" aria-label="Whole drawing">\
    <svg viewBox="0 0 16 16"><path d="M2 6V2h4M10 2h4v4M14 10v4h-4M6 14H2v-4"/></svg></button>\
    <button type="button" data-act="actual" title="Its own size (1)" aria-label="Own size">\
    <svg viewBox="0 0 16 16"><path d="M4 5l1.5-1v8M10.5 5L12 4v8M8.5 6v.1M8.5 10v.1"/></svg>\
    </button></div>
    """
}
