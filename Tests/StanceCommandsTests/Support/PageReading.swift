import Foundation
import FoundationXML
import Testing

@testable import StanceCommands

/// A page or a drawing as an XML parser reads it.
final class PageReading: NSObject, XMLParserDelegate {
  let text: String
  /// The values of `id`, in order.
  private(set) var identifiers: [String] = []
  /// The names of all attributes.
  private(set) var attributes: Set<String> = []
  /// Of each row, its table's graph and view, and its cells.
  private(set) var rows: [String: [[String]]] = [:]
  private var contents: [String: [String]] = [:]
  private var open: [(name: String, text: String)] = []
  private var section = ""
  private var data = ""

  /// - Throws: the parser's error where the text is no well-formed XML.
  init(_ text: String) throws {
    self.text = text
    super.init()
    let parser = XMLParser(data: Data(text.utf8))
    parser.delegate = self
    guard parser.parse() else { throw parser.parserError ?? CocoaError(.formatting) }
  }

  func texts(of element: String) -> [String] { contents[element] ?? [] }
  func count(of element: String) -> Int { texts(of: element).count }

  /// Every operator and every tensor has its row, with the numbers of the report's text, and its
  /// entry in the script's data.
  func expectWhole(of report: ModelReport) throws {
    let data = try #require(
      try JSONSerialization.jsonObject(with: Data(data.utf8)) as? [String: Any])
    let graphs = try #require(data["graphs"] as? [[String: Any]])
    #expect(graphs.count == report.graphs.count)
    for (index, graph) in report.graphs.enumerated() {
      let operators = rows["\(index) operators"] ?? []
      #expect(operators.count == graph.operators.count)
      for (place, (row, item)) in zip(operators, graph.operators).enumerated() {
        #expect(row[0] == String(place))
        #expect(row[1].hasPrefix(Self.shown(item.node.operation.name)))
        #expect(row[5] == item.multiplyAdds.map(NumberText.grouped) ?? "unknown")
        #expect(row[6] == NumberText.grouped(item.parameterCount))
        #expect(row[7] == Self.shown(item.node.operation.optionsText))
      }
      let tensors = rows["\(index) tensors"] ?? []
      #expect(tensors.count == graph.graph.values.count)
      for (place, (row, value)) in zip(tensors, graph.graph.values).enumerated() {
        #expect(row[0] == String(place))
        #expect(row[1] == Self.shown(value.name))
        #expect(row[2] == value.elementType.rawValue)
        #expect(row[4] == value.declaredByteCount.map(NumberText.grouped) ?? "-")
        #expect(row[6] == value.quantizationText)
      }
      let entries = try #require(graphs[index]["operators"] as? [[String: Any]])
      #expect(
        entries.map { $0["name"] as? String }
          == graph.operators.map { printable($0.node.operation.name) })
      #expect((graphs[index]["tensors"] as? [Any])?.count == graph.graph.values.count)
      #expect(graphs[index]["multiplyAdds"] as? Int == graph.multiplyAdds)
      guard let drawing = GraphDrawing(graph.graph) else { continue }
      let drawn = Set(identifiers.filter { $0.hasPrefix("g\(index)-") })
      #expect(drawn == Set(drawing.items.map { "g\(index)-" + GraphDrawing.identifier(of: $0) }))
      let boxed = drawing.items.count { if case .operator = $0 { true } else { false } }
      #expect(boxed + drawing.unpackers.count == graph.operators.count)
    }
  }

  /// What escaping leaves of a text once it is read again.
  private static func shown(_ text: String) -> String {
    printable(text).replacingOccurrences(of: "\u{FFFE}", with: "?")
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
    qualifiedName: String?, attributes: [String: String]
  ) {
    open.append((name, ""))
    self.attributes.formUnion(attributes.keys)
    if let identifier = attributes["id"], name == "g" { identifiers.append(identifier) }
    if name == "section" {
      section = "\(attributes["data-graph"] ?? "") \(attributes["data-view"] ?? "")"
    }
    if name == "tr", attributes["data-index"] != nil { rows[section, default: []].append([]) }
  }

  func parser(_ parser: XMLParser, foundCharacters string: String) {
    for index in open.indices { open[index].text += string }
  }

  func parser(_ parser: XMLParser, foundCDATA block: Data) {}

  func parser(
    _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
  ) {
    guard let element = open.popLast() else { return }
    contents[name, default: []].append(element.text)
    if name == "td", let last = rows[section]?.indices.last {
      rows[section]?[last].append(element.text)
    }
    if name == "script", data.isEmpty { data = element.text }
  }
}
