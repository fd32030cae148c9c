/// Rows of text in columns as wide as their widest entry, two spaces apart.
struct TextTable {
  enum Alignment { case left, right }

  private let alignments: [Alignment]
  private var rows: [[String]]

  /// - Parameter columns: heading and alignment of each.
  init(columns: [(heading: String, alignment: Alignment)]) {
    alignments = columns.map(\.alignment)
    rows = [columns.map(\.heading)]
  }

  /// - Parameter cells: one a column; missing ones are empty.
  mutating func append(_ cells: [String]) {
    rows.append(cells)
  }

  /// The lines, each with a line feed; no spaces at their ends.
  func text(indentation: String = "") -> String {
    let widths = alignments.indices.map { column in
      rows.reduce(0) { max($0, $1.indices.contains(column) ? $1[column].count : 0) }
    }
    var text = ""
    for row in rows {
      var line = indentation
      for (column, cell) in row.enumerated() where alignments.indices.contains(column) {
        let space = String(repeating: " ", count: widths[column] - cell.count)
        line += alignments[column] == .left ? cell + space : space + cell
        line += "  "
      }
      while line.last == " " { line.removeLast() }
      text += line + "\n"
    }
    return text
  }
}

/// Text from outside, for instance a file's name, made safe for a terminal: control characters,
/// which could move the cursor or hide text, become question marks.
func printable(_ text: String) -> String {
  String(
    String.UnicodeScalarView(
      text.unicodeScalars.map { $0.properties.generalCategory == .control ? "?" : $0 }))
}
