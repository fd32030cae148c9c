import StanceGraph

extension GraphDrawing {
  /// Arrows and boxes as elements of an SVG.
  ///
  /// - Parameters:
  ///   - multiplyAdds: of each operator.
  ///   - prefix: begins the boxes' identifiers, which end with `op-3`, `in-0` or `out-0`.
  func markup(multiplyAdds: [Int?], prefix: String) -> String {
    var text = "<g class=\"flows\">"
    for path in layout.paths { text += flowMarkup(path) }
    var arrived: Set<Int> = []
    for path in layout.paths where arrived.insert(path.target).inserted {
      text += Self.arrowhead(at: layout.boxes[path.target])
    }
    text += "</g>\n<g class=\"boxes\">\n"
    for (place, item) in items.enumerated() {
      let box = layout.boxes[place]
      text += boxMarkup(item, multiplyAdds: multiplyAdds, prefix: prefix, box: box) + "\n"
    }
    return text + "</g>"
  }

  /// The identifier of an item's box, without a prefix.
  static func identifier(of item: Item) -> String {
    switch item {
    case .input(let position): "in-\(position)"
    case .operator(let index): "op-\(index)"
    case .output(let position): "out-\(position)"
    }
  }

  private func boxMarkup(
    _ item: Item, multiplyAdds: [Int?], prefix: String, box: GraphLayout.Rectangle
  ) -> String {
    let text: BoxText
    let style: String
    let hint: String
    switch item {
    case .operator(let index):
      let node = graph.nodes[index]
      text = BoxText(
        node, in: graph,
        multiplyAdds: multiplyAdds.indices.contains(index) ? multiplyAdds[index] : nil)
      style = "op k-\(OperatorKind(node.operation).rawValue)"
      hint = "operator \(index): \(printable(node.operation.name))"
    case .input(let position):
      let value = graph[graph.inputs[position]]
      text = BoxText(end: value, title: "input \(position)")
      style = "end"
      hint = "\(printable(value.name)), tensor \(graph.inputs[position].index)"
    case .output(let position):
      let value = graph[graph.outputs[position]]
      text = BoxText(end: value, title: "output \(position)")
      style = "end"
      hint = "\(printable(value.name)), tensor \(graph.outputs[position].index)"
    }
    let identifier = prefix + Self.identifier(of: item)
    return """
      <g id="\(identifier)" class="box \(style)" \
      transform="translate(\(Markup.number(box.x)) \(Markup.number(box.y)))">\
      <title>\(Markup.escaped(hint))</title>\(Self.shape(of: item, box))\
      \(Self.lines(text, width: box.width))</g>
      """
  }

  private static func shape(of item: Item, _ box: GraphLayout.Rectangle) -> String {
    let (width, height) = (Markup.number(box.width), Markup.number(box.height))
    guard case .operator = item else {
      return "<rect class=\"body\" width=\"\(width)\" height=\"\(height)\" rx=\"14\"/>"
    }
    return "<rect class=\"body\" width=\"\(width)\" height=\"\(height)\" rx=\"5\"/>"
      + "<path class=\"stripe\" d=\"M5 0H4.5A4.5 5 0 0 0 0 5V\(Markup.number(box.height - 5))"
      + "A4.5 5 0 0 0 4.5 \(height)H5z\"/>"
  }

  private static func lines(_ text: BoxText, width: Double) -> String {
    func pair(_ left: String, _ right: String, y: Int, sizes: (Double, Double), style: String)
      -> String
    {
      let (start, end, gap) = (14.0, 10.0, 8.0)
      let rightWidth = right.isEmpty ? 0 : TextWidth.of(right, fontSize: sizes.1) + gap
      let fitting = TextWidth.fitting(
        left, fontSize: sizes.0, limit: width - start - end - rightWidth)
      var markup = "<text class=\"\(style)\" x=\"14\" y=\"\(y)\">\(Markup.escaped(fitting))</text>"
      if !right.isEmpty {
        markup += "<text class=\"side\" x=\"\(Markup.number(width - end))\" y=\"\(y)\">"
        markup += "\(Markup.escaped(right))</text>"
      }
      return markup
    }
    return pair(text.title, text.detail, y: 18, sizes: (11, 10), style: "name")
      + pair(text.subtitle, text.figure, y: 34, sizes: (10, 10), style: "line")
  }

  private func flowMarkup(_ path: GraphLayout.Path) -> String {
    let edge = LayeredGraph.Edge(source: path.source, target: path.target)
    let values = flows[edge] ?? []
    var hints = values.prefix(4).map { id in
      "\(printable(graph[id].name)), tensor \(id.index), \(graph[id].shapeText)"
    }
    if values.count > hints.count { hints.append("and \(values.count - hints.count) more") }
    let hint = hints.joined(separator: "; ")
    let (source, target) = (items[path.source], items[path.target])
    return "<path class=\"flow\" data-from=\"\(Self.identifier(of: source))\" "
      + "data-to=\"\(Self.identifier(of: target))\" d=\"\(Self.line(of: path))\">"
      + "<title>\(Markup.escaped(hint))</title></path>\n"
  }

  private static func arrowhead(at box: GraphLayout.Rectangle) -> String {
    let (x, y) = (Markup.number(box.center), Markup.number(box.y - 0.5))
    return "<path class=\"head\" d=\"M\(x) \(y)l-3.5 -6.5h7z\"/>\n"
  }

  private static func line(of path: GraphLayout.Path) -> String {
    var place = path.start
    var text = "M\(Markup.number(place.x)) \(Markup.number(place.y))"
    for (index, step) in path.steps.enumerated() {
      var step = step
      // The arrowhead covers the end.
      if index == path.steps.count - 1 { step = step.shortened(by: 3) }
      if index == path.steps.count - 2 { step = step.shortened(by: 5) }
      text += step.command(from: place)
      place = step.end
    }
    return text
  }
}

extension GraphLayout.Step {
  fileprivate func shortened(by distance: Double) -> GraphLayout.Step {
    switch self {
    case .line(let end): .line(GraphLayout.Point(x: end.x, y: end.y - distance))
    case .curve(let end): .curve(GraphLayout.Point(x: end.x, y: end.y - distance))
    case .corner: self
    }
  }

  /// The step as a command of an SVG path.
  fileprivate func command(from start: GraphLayout.Point) -> String {
    func point(_ x: Double, _ y: Double) -> String { "\(Markup.number(x)) \(Markup.number(y))" }
    switch self {
    case .line(let end) where end == start: return ""
    case .line(let end) where end.x == start.x: return "V\(Markup.number(end.y))"
    case .line(let end) where end.y == start.y: return "H\(Markup.number(end.x))"
    case .line(let end): return "L\(point(end.x, end.y))"
    case .curve(let end) where end.x == start.x: return "V\(Markup.number(end.y))"
    case .curve(let end):
      let middle = (start.y + end.y) / 2
      return "C\(point(start.x, middle)) \(point(end.x, middle)) \(point(end.x, end.y))"
    case .corner(let through, let end):
      return "Q\(point(through.x, through.y)) \(point(end.x, end.y))"
    }
  }
}
