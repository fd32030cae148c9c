import StanceGraph
import StanceKit
import StanceRuntime

/// What there is to say of a model file.
struct ModelReport {
  let path: String
  let byteCount: Int
  let sha256: String
  let model: Model
  /// The graph that runs, then the further ones.
  let graphs: [GraphReport]
  /// What the engine computes the graph that runs in; nil where it cannot run here.
  let arenaByteCount: Int?

  init(
    path: String, byteCount: Int, sha256: String, model: Model, arenaByteCount: Int? = nil
  ) {
    self.path = path
    self.byteCount = byteCount
    self.sha256 = sha256
    self.model = model
    graphs = ([model.graph] + model.subgraphs).map(GraphReport.init)
    self.arenaByteCount = arenaByteCount
  }

  init(_ file: ModelFile) {
    self.init(
      path: file.path, byteCount: file.byteCount, sha256: file.sha256, model: file.model,
      arenaByteCount: ModelReport.arenaByteCount(of: file.model.graph))
  }

  private static func arenaByteCount(of graph: Graph) -> Int? {
    let options = EngineOptions(memoryLimit: planningLimit)
    return try? CompiledGraph(graph, options: options).arenaByteCount()
  }

  /// In bytes. Looking at a file must not take all of a machine's memory.
  private static let planningLimit = 2 << 30

  func graph(of signature: Model.Signature) -> Graph? {
    graphs.indices.contains(signature.graphIndex) ? graphs[signature.graphIndex].graph : nil
  }
}
