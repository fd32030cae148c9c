import StanceGraph
import StancePose
import StanceTensors

/// The network of a PoseNet file: the whole graph, or what comes before Coral's decoder where that
/// ends it.
///
/// Without the decoder, poses can be decoded as the caller asks, and the long offsets are at hand,
/// which the decoder keeps to itself.
struct PoseNetGraph: Sendable {
  let graph: Graph
  /// What each of the graph's outputs is called.
  let outputNames: [String]
  let layout: PoseNetLayout
  /// What the file's own decoder is told; nil where it has none.
  let decoder: PosenetDecoderOptions?

  /// - Throws: ``KitError`` where the decoder's options or operands make no sense,
  ///   `PoseDecodingError` where these are no outputs of PoseNet.
  init(_ whole: Graph) throws {
    (graph, outputNames, decoder) = try Self.opened(whole)
    layout = try PoseNetLayout(
      outputs: zip(outputNames, graph.outputs.map { [graph] in graph[$0].shape }).map { ($0, $1) })
  }

  /// Whether `graph` ends with Coral's decoder.
  static func hasDecoder(_ graph: Graph) -> Bool { decoderIndex(in: graph) != nil }

  /// Whether `graph` is Coral's decoder and no network.
  static func isDecoderAlone(_ graph: Graph) -> Bool {
    decoderIndex(in: graph).map {
      graph.nodes[$0].inputs.allSatisfy { id in
        id.map(graph.inputs.contains) ?? false
      }
    } ?? false
  }

  private static func decoderIndex(in graph: Graph) -> Int? {
    graph.nodes.firstIndex {
      if case .custom(let custom) = $0.operation {
        custom.name == PosenetDecoder.name
      } else {
        false
      }
    }
  }

  private static func opened(
    _ whole: Graph
  ) throws -> (Graph, names: [String], PosenetDecoderOptions?) {
    guard let index = decoderIndex(in: whole),
      case .custom(let custom) = whole.nodes[index].operation
    else { return (whole, whole.outputs.map { whole[$0].name }, nil) }
    var graph = whole
    let node = graph.nodes.remove(at: index)
    let operands = zip(PosenetDecoder.inputNames, node.inputs).compactMap { name, id in
      id.map { (name, $0) }
    }
    let others = graph.outputs.filter { !node.outputs.contains($0) }
    graph.outputs = operands.map(\.1) + others
    return (
      graph, operands.map(\.0) + others.map { whole[$0].name },
      try PosenetDecoderOptions(custom.options)
    )
  }
}
