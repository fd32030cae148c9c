/// A drawing as a file of its own, for papers: vectors and text, nothing that runs or is fetched.
struct StandaloneDrawing {
  let drawing: GraphDrawing
  /// Of each operator.
  let multiplyAdds: [Int?]
  /// The model's file name.
  let title: String

  private static let margin = 16.0
  private static let legendLine = 20.0

  /// The SVG file.
  var text: String {
    let layout = drawing.layout
    let legend = legendRows(width: max(layout.width, 320))
    let width = max(layout.width, 320) + 2 * Self.margin
    let legendTop = layout.height + 2 * Self.margin + 12
    let height = legendTop + Double(legend.count) * Self.legendLine
    let (w, h) = (Markup.number(width), Markup.number(height))
    var text = """
      <?xml version="1.0" encoding="UTF-8"?>
      <svg xmlns="http://www.w3.org/2000/svg" width="\(w)" height="\(h)" viewBox="0 0 \(w) \(h)">
      <title>\(Markup.escaped(title))</title>
      <style>
      \(DrawingStyle.rules(color: Self.color))
      .legend{font-family:\(DrawingStyle.fontFamily);font-size:10.5px;fill:\(Self.color("soft"))}
      </style>
      <rect width="100%" height="100%" fill="#ffffff"/>
      <g transform="translate(\(Markup.number(Self.margin)) \(Markup.number(Self.margin)))">
      \(drawing.markup(multiplyAdds: multiplyAdds, prefix: ""))
      </g>
      <g class="legend">

      """
    for (row, entries) in legend.enumerated() {
      let y = legendTop + Double(row) * Self.legendLine
      for entry in entries {
        text += """
          <rect x="\(Markup.number(entry.x))" y="\(Markup.number(y - 8))" width="9" height="9" \
          rx="2" fill="\(entry.kind.lightColor)"/>\
          <text x="\(Markup.number(entry.x + 14))" y="\(Markup.number(y))">\(entry.kind.title)</text>

          """
      }
    }
    return text + "</g>\n</svg>\n"
  }

  private static func color(_ name: String) -> String {
    switch name {
    case "flow": "#8b959e"
    case "ink": "#1c2329"
    case "soft": "#56616b"
    default: OperatorKind(rawValue: name)?.lightColor ?? "#000000"
    }
  }

  /// The kinds that occur, in rows no wider than the drawing.
  private func legendRows(width: Double) -> [[(kind: OperatorKind, x: Double)]] {
    let kinds = OperatorKind.allCases.filter(drawing.kinds.contains)
    var rows: [[(kind: OperatorKind, x: Double)]] = [[]]
    var x = Self.margin
    for kind in kinds {
      let entryWidth = 14 + TextWidth.of(kind.title, fontSize: 10.5) + 20
      if x + entryWidth > width + Self.margin, !rows[rows.count - 1].isEmpty {
        rows.append([])
        x = Self.margin
      }
      rows[rows.count - 1].append((kind, x))
      x += entryWidth
    }
    return rows
  }
}

extension GraphDrawing {
  /// Of the operators that have boxes.
  var kinds: Set<OperatorKind> {
    Set(
      items.compactMap { item in
        if case .operator(let index) = item {
          OperatorKind(graph.nodes[index].operation)
        } else {
          nil
        }
      })
  }
}
