/// The look of a drawing, as rules for style sheets.
enum DrawingStyle {
  /// As wide on most machines as ``TextWidth`` takes it to be.
  static let fontFamily =
    "\"Helvetica Neue\", Helvetica, Arial, \"Liberation Sans\", sans-serif"

  /// The rules for boxes and arrows; colours by the names of the page's variables.
  static func rules(color: (String) -> String) -> String {
    let kinds = OperatorKind.allCases.map { kind in
      let kindColor = color(kind.rawValue)
      return ".k-\(kind.rawValue) .body{fill:\(kindColor);stroke:\(kindColor)}"
        + ".k-\(kind.rawValue) .stripe{fill:\(kindColor)}"
    }
    return """
      .flow{fill:none;stroke:\(color("flow"));stroke-width:1.3;stroke-linejoin:round}
      .head{fill:\(color("flow"))}
      .box text{font-family:\(fontFamily);fill:\(color("ink"))}
      .box .name{font-size:11px;font-weight:600}
      .box .line,.box .side{font-size:10px;fill:\(color("soft"))}
      .box .side{text-anchor:end}
      .box .body{fill-opacity:.08;stroke-opacity:.42;stroke-width:1}
      .end .body{fill:\(color("soft"));stroke:\(color("soft"))}
      \(kinds.joined(separator: "\n"))
      """
  }
}
