import StanceGraph
import StanceKit

/// What there is to say of a model file.
struct ModelReport {
  let path: String
  let byteCount: Int
  let sha256: String
  let model: Model
  /// The graph that runs, then the further ones.
  let graphs: [GraphReport]

  init(path: String, byteCount: Int, sha256: String, model: Model) {
    self.path = path
    self.byteCount = byteCount
    self.sha256 = sha256
    self.model = model
    graphs = ([model.graph] + model.subgraphs).map(GraphReport.init)
  }

  init(_ file: ModelFile) {
    self.init(
      path: file.path, byteCount: file.byteCount, sha256: file.sha256, model: file.model)
  }

  func graph(of signature: Model.Signature) -> Graph? {
    graphs.indices.contains(signature.graphIndex) ? graphs[signature.graphIndex].graph : nil
  }
}
