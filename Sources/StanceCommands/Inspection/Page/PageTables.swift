import StanceGraph
import StanceTensors

/// The tables of a graph's operators and tensors.
struct PageTables {
  let report: GraphReport
  let figures: [ConstantFigures?]
  /// The graph's place among the model's.
  let place: Int

  /// The beginning of links to rows.
  private var address: String { place == 0 ? "#" : "#graph=\(place)&amp;" }

  var operators: String {
    var text = Self.head([
      ("#", true), ("operator", false), ("inputs", false), ("outputs", false),
      ("result", false), ("multiply-adds", true), ("parameters", true), ("options", false),
    ])
    let mostAdds = report.operators.compactMap(\.multiplyAdds).max() ?? 0
    let mostParameters = report.operators.map(\.parameterCount).max() ?? 0
    for (index, item) in report.operators.enumerated() {
      let node = item.node
      let name = printable(node.operation.name) + (node.version == 1 ? "" : " v\(node.version)")
      text += "<tr data-what=\"op\" data-index=\"\(index)\">"
      text +=
        "<td class=\"n\"><a href=\"\(address)view=operators&amp;op=\(index)\">\(index)</a></td>"
      text += "<td class=\"op-name\"><span class=\"dot \(OperatorKind(node.operation).rawValue)\">"
      text += "</span>\(Markup.escaped(name))</td>"
      text += Self.cell(node.inputs.map { $0.map { String($0.index) } ?? "none" }, "tight soft")
      text += Self.cell(node.outputs.map { String($0.index) }, "tight soft")
      text += Self.cell(node.outputs.map { report.graph[$0].dimensionText }, "results", limit: 2)
      text += Self.measure(item.multiplyAdds, text: item.multiplyAddText, most: mostAdds)
      text += Self.measure(
        item.parameterCount, text: NumberText.grouped(item.parameterCount), most: mostParameters)
      text += Self.clamped(node.operation.optionsText, "wide") + "</tr>\n"
    }
    return text + "</tbody></table>"
  }

  var tensors: String {
    var text = Self.head([
      ("#", true), ("name", false), ("type", false), ("shape", false), ("bytes", true),
      ("kind", false), ("quantisation", false), ("minimum", true), ("maximum", true),
      ("zeros", true),
    ])
    for (index, value) in report.graph.values.enumerated() {
      let bytes = value.declaredByteCount
      let spread = figures[index]?.statistics
      text += "<tr data-what=\"tensor\" data-index=\"\(index)\">"
      text +=
        "<td class=\"n\"><a href=\"\(address)view=tensors&amp;tensor=\(index)\">\(index)</a></td>"
      text += Self.clamped(printable(value.name), "tensor")
      text += "<td class=\"tight\">\(value.elementType.rawValue)</td>"
      text += "<td class=\"tight\">\(value.dimensionText)</td>"
      text += Self.number(bytes.map(Double.init), text: bytes.map(NumberText.grouped) ?? "-")
      text += "<td class=\"tight soft\">\(report.graph.roleText(of: ValueID(index)))</td>"
      text += Self.clamped(value.quantizationText, "wide")
      text += Self.number(spread?.minimum)
      text += Self.number(spread?.maximum)
      text += Self.number(spread?.zeros, text: spread?.zeroText)
      text += "</tr>\n"
    }
    return text + "</tbody></table>"
  }

  private static func head(_ columns: [(name: String, isNumber: Bool)]) -> String {
    let cells = columns.map { column in
      "<th scope=\"col\"\(column.isNumber ? " class=\"n\"" : "")>"
        + "<button type=\"button\">\(column.name)</button></th>"
    }
    return "<table><thead><tr>\(cells.joined())</tr></thead><tbody>\n"
  }

  private static func cell(_ parts: [String], _ style: String, limit: Int = 4) -> String {
    let lines = parts.prefix(limit).joined(separator: ", ")
    let more = parts.count > limit ? " and \(parts.count - limit) more" : ""
    return "<td class=\"\(style)\" title=\"\(Markup.escaped(parts.joined(separator: ", ")))\">"
      + "\(Markup.escaped(lines))\(more)</td>"
  }

  /// Text that may be long: two lines of it are shown, all of it where the pointer rests.
  private static func clamped(_ text: String, _ style: String) -> String {
    let text = Markup.escaped(text)
    return "<td class=\"\(style)\"><div title=\"\(text)\">\(text)</div></td>"
  }

  private static func number(_ value: Double?, text: String? = nil) -> String {
    guard let value else { return "<td class=\"n none\" data-v=\"\">\(text ?? "")</td>" }
    return "<td class=\"n\" data-v=\"\(value)\">\(text ?? NumberText.significant(value))</td>"
  }

  private static func measure(_ value: Int?, text: String, most: Int) -> String {
    guard let value else { return "<td class=\"n none\" data-v=\"\">\(text)</td>" }
    guard value > 0, most > 0 else {
      return "<td class=\"n none\" data-v=\"\(value)\">\(text)</td>"
    }
    let share = DecimalText.aligned(Double(value) / Double(most) * 100, decimals: 1)
    return "<td class=\"n measure\" data-v=\"\(value)\">\(text)"
      + "<div class=\"track\"><span style=\"width:\(share)%\"></span></div></td>"
  }
}
