import Foundation
import FoundationXML
import StanceGraph
import StanceKit
import StanceTensors
import StanceTestSupport
import Testing

@testable import StanceCommands

@Suite struct InspectionPageTests {
  @Test func thePageHoldsTheReport() throws {
    let report = try ModelReportTests.report
    let page = try PageReading(InspectionPage(report).text)
    try page.expectWhole(of: report)
    #expect(page.texts(of: "title").first == "model.tflite")
    #expect(page.text.contains("serving_default"))
    #expect(page.text.contains("made for a test"))
    // Two operators have no multiply-adds that could be known.
    #expect(page.texts(of: "td").count { $0 == "unknown" } == 2)
  }

  @Test func thePageFetchesNothing() throws {
    let text = InspectionPage(try ModelReportTests.report).text
    #expect(text.contains("default-src 'none'"))
    // The name of SVG's elements, no address.
    let addresses = text.replacingOccurrences(of: "http://www.w3.org/2000/svg", with: "")
    #expect(!addresses.contains("http://"))
    #expect(!text.contains("https://") && !text.contains("@import") && !text.contains("url("))
    #expect(!text.contains(" src="))
  }

  @Test func theSamePageEachTime() throws {
    #expect(
      InspectionPage(try ModelReportTests.report).text
        == InspectionPage(try ModelReportTests.report).text)
  }

  /// Every text that a file can hold, as an attack on the page that shows it.
  @Test(arguments: [
    "</script><img src=x onerror=alert(1)>", "\"><svg onload=alert(1)>", "'-alert(1)-'",
    "]]><script>alert(1)</script>", "<!--", "&lt;b&gt;", "\u{0}\u{B}\u{1B}[2J\u{FFFE}\u{2028}",
    "</style><style>*{display:none}", "javascript:alert(1)", "\\u003c/script>",
  ])
  func namesCannotBreakOut(name: String) throws {
    let report = Self.hostileReport(name)
    let text = InspectionPage(report).text
    let page = try PageReading(text)
    try page.expectWhole(of: report)
    for element in ["img", "iframe", "object", "embed", "link", "base", "form"] {
      #expect(page.texts(of: element).isEmpty)
    }
    #expect(page.count(of: "script") == 2)
    #expect(page.count(of: "style") == 1)
    #expect(!page.attributes.contains { $0.hasPrefix("on") })
    // HTML has no CDATA sections and ends a script at the first such tag.
    #expect(text.components(separatedBy: "</script").count == 3)
    #expect(text.components(separatedBy: "</style").count == 2)
    #expect(!text.contains("<!--"))
    let drawing = try #require(GraphDrawing(report.graphs[0].graph))
    let svg = StandaloneDrawing(
      drawing: drawing.foldedForPaper(), multiplyAdds: [nil, nil], title: report.fileName
    ).text
    let picture = try PageReading(svg)
    #expect(picture.count(of: "script") == 0 && picture.count(of: "img") == 0)
    #expect(!picture.attributes.contains { $0.hasPrefix("on") })
  }

  @Test func severalGraphsHaveTheirOwnTables() throws {
    let graph = Self.hostileReport("b").model.graph
    let model = Model(graph: graph, subgraphs: [graph, Graph()], format: "test")
    let report = ModelReport(path: "m", byteCount: 1, sha256: "00", model: model)
    let page = try PageReading(InspectionPage(report).text)
    try page.expectWhole(of: report)
    #expect(page.count(of: "option") == 3)
    #expect(page.identifiers.contains("g1-op-0"))
  }

  @Test func aGraphTooLargeForADrawingHasItsTables() throws {
    let count = GraphDrawing.itemLimit + 1
    let values = (0...count).map {
      Value(name: "v\($0)", elementType: .float32, shape: [1])
    }
    let nodes = (0..<count).map {
      Node(operation: .cast, inputs: [ValueID($0)], outputs: [ValueID($0 + 1)])
    }
    let graph = Graph(
      values: values, nodes: nodes, inputs: [ValueID(0)], outputs: [ValueID(count)])
    let report = ModelReport(
      path: "m", byteCount: 1, sha256: "00", model: Model(graph: graph, format: "test"))
    let page = try PageReading(InspectionPage(report).text)
    try page.expectWhole(of: report)
    #expect(page.text.contains("too many for a drawing"))
  }

  /// Two operators between two tensors and constants that all have the same name.
  static func hostileReport(_ name: String) -> ModelReport {
    let values = (0..<4).map { index in
      Value(
        name: name, elementType: .float32, shape: [2],
        constant: index == 3 ? Bytes([0, 0, 128, 63, 0, 0, 0, 0]) : nil)
    }
    let nodes = [
      Node(
        operation: .custom(CustomOperation(name: name, options: Bytes(Array(name.utf8)))),
        inputs: [ValueID(0), ValueID(3), nil], outputs: [ValueID(1)]),
      Node(
        operation: .unsupported(UnsupportedOperation(name: name)), inputs: [ValueID(1)],
        outputs: [ValueID(2)]),
    ]
    let graph = Graph(
      name: name, values: values, nodes: nodes, inputs: [ValueID(0)], outputs: [ValueID(2)])
    let model = Model(
      graph: graph, subgraphs: [graph], description: name, format: name,
      metadata: [Model.Metadata(name: name, bytes: Bytes(Array(name.utf8)))],
      signatures: [
        Model.Signature(
          key: name, graphIndex: 0,
          inputs: [Model.Signature.Binding(name: name, value: ValueID(0))], outputs: [])
      ])
    return ModelReport(
      path: "folder/\(name)", byteCount: 1, sha256: String(repeating: "0f", count: 32),
      model: model)
  }
}

@Suite(.enabled(if: SharedData.isPresent, "needs the shared data"))
struct SharedInspectionPageTests {
  @Test(arguments: [
    "posenet/posenet_mobilenet_v1_075_257x257_float_stride16.tflite",
    "movenet/movenet_single_pose_lightning_ptq.tflite",
    "coral/posenet_mobilenet_v1_075_353_481_quant_decoder_edgetpu.tflite",
    "coral/bodypix_mobilenet_v1_075_512_512_16_quant_decoder.tflite",
  ])
  func pagesHoldTheirModels(path: String) throws {
    let report = ModelReport(try ModelFile(path: SharedData.path("models/" + path)))
    let text = InspectionPage(report).text
    #expect(text.utf8.count < 1_000_000)
    try PageReading(text).expectWhole(of: report)
    let main = report.graphs[0]
    let drawing = try #require(GraphDrawing(main.graph))
    let svg = StandaloneDrawing(
      drawing: drawing.foldedForPaper(), multiplyAdds: main.operators.map(\.multiplyAdds),
      title: report.fileName
    ).text
    let picture = try PageReading(svg)
    #expect(picture.identifiers.count == drawing.items.count)
    #expect(picture.count(of: "script") == 0)
    // Layers that follow one another in a chain are drawn in one line.
    #expect(drawing.layout.boxes.count > 1 && drawing.layout.width > 0)
  }
}
