import StanceGraph
import StanceTensors
import Testing

@testable import StanceCommands

@Suite struct GraphDrawingTests {
  private func node(_ operation: Operation, _ inputs: [Int], _ outputs: [Int]) -> Node {
    Node(
      operation: operation, inputs: inputs.map { ValueID($0) }, outputs: outputs.map(ValueID.init))
  }

  private func graph(
    _ count: Int, constants: Set<Int> = [], _ nodes: [Node], inputs: [Int], outputs: [Int]
  ) -> Graph {
    let values = (0..<count).map { index in
      Value(
        name: "v\(index)", elementType: .float32, shape: [1],
        constant: constants.contains(index) ? Bytes([0, 0, 0, 0]) : nil)
    }
    return Graph(
      values: values, nodes: nodes, inputs: inputs.map(ValueID.init),
      outputs: outputs.map(ValueID.init))
  }

  /// DENSIFY and DEQUANTIZE of weights belong to the sum that reads them.
  @Test func unpackedConstantsAreNoBoxes() throws {
    let sum = Operation.binary(Binary(kind: .add))
    let drawing = try #require(
      GraphDrawing(
        graph(
          6, constants: [1],
          [
            node(.densify, [1], [2]), node(.dequantize, [2], [3]), node(sum, [0, 3], [4]),
            node(sum, [4, 3], [5]),
          ], inputs: [0], outputs: [5])))
    #expect(drawing.unpackers == [0: 2, 1: 2])
    #expect(drawing.items == [.input(0), .operator(2), .operator(3), .output(0)])
    #expect(drawing.layout.paths.count == 3)
  }

  @Test func whatUnpacksForAnOutputIsABox() throws {
    let drawing = try #require(
      GraphDrawing(
        graph(2, constants: [0], [node(.dequantize, [0], [1])], inputs: [], outputs: [1])))
    #expect(drawing.items == [.operator(0), .output(0)])
  }

  @Test func valuesOfOneArrowAreEachNamedOnce() throws {
    let sum = Operation.binary(Binary(kind: .add))
    let drawing = try #require(
      GraphDrawing(
        graph(
          4, [node(.split(Split(count: 2)), [0], [1, 2]), node(sum, [1, 2], [3])], inputs: [0],
          outputs: [3])))
    let edge = LayeredGraph.Edge(source: 1, target: 2)
    #expect(drawing.flows[edge] == [ValueID(1), ValueID(2)])
    let twice = try #require(
      GraphDrawing(graph(2, [node(sum, [0, 0], [1])], inputs: [0], outputs: [1])))
    #expect(twice.flows[LayeredGraph.Edge(source: 0, target: 1)] == [ValueID(0)])
  }

  /// The reader takes nodes in any order; one that reads what comes later is drawn without that.
  @Test func circlesAreNotFollowed() throws {
    let drawing = try #require(
      GraphDrawing(
        graph(
          3, [node(.cast, [2], [1]), node(.cast, [1], [2])], inputs: [], outputs: [2])))
    #expect(drawing.items.count == 3)
    #expect(drawing.layout.paths.count == 2)
  }

  @Test func longChainsOfUnpackersEnd() throws {
    let count = 20_000
    let nodes = (0..<count).map { node(.dequantize, [$0], [$0 + 1]) }
    let sum = node(.binary(Binary(kind: .add)), [count, count], [count + 1])
    let drawing = try #require(
      GraphDrawing(
        graph(count + 2, constants: [0], nodes + [sum], inputs: [], outputs: [count + 1])))
    #expect(drawing.unpackers.count == count)
    #expect(drawing.unpackers.values.allSatisfy { $0 == count })
  }

  @Test func tooManyArrowsAreRefused() {
    let side = 150
    let firsts = (0..<side).map { node(.cast, [0], [1 + $0]) }
    let seconds = (0..<side).map { place in
      node(
        .concatenation(Concatenation(axis: 0)), Array(1...side), [1 + side + place])
    }
    #expect(
      GraphDrawing(graph(1 + 2 * side, firsts + seconds, inputs: [0], outputs: [])) == nil)
  }

  @Test func boxesSayWhatMatters() throws {
    let report = try ModelReportTests.report.graphs[0]
    let texts = report.operators.map {
      BoxText($0.node, in: report.graph, multiplyAdds: $0.multiplyAdds)
    }
    #expect(texts[0].title == "CONV_2D")
    #expect(texts[0].detail == "3 \u{D7} 3 / 2")
    #expect(texts[0].subtitle == "1 \u{D7} 4 \u{D7} 4 \u{D7} 4 \u{B7} relu6")
    #expect(texts[0].figure == "1.7 k")
    #expect(texts[2].subtitle == "unknown shape" && texts[2].figure == "")
  }

  @Test func longTextIsCut() {
    #expect(TextWidth.fitting("short", fontSize: 10, limit: 100) == "short")
    let cut = TextWidth.fitting(String(repeating: "W", count: 99), fontSize: 10, limit: 60)
    #expect(cut.hasSuffix("\u{2026}") && TextWidth.of(cut, fontSize: 10) <= 60)
  }
}
