import StanceTensors

/// A model as a file holds it: the graph to run, further graphs, and what the file says of itself.
public struct Model: Sendable {
  /// The graph that runs.
  public var graph: Graph
  /// Further graphs of the file, as control flow would call them; kept for inspection.
  public var subgraphs: [Graph]
  /// What the file says of itself, often empty.
  public var description: String
  /// The format and its version, for instance `TensorFlow Lite, schema 3`.
  public var format: String
  /// Named blobs beside the graphs.
  public var metadata: [Metadata]
  /// Entry points that the file names.
  public var signatures: [Signature]

  public init(
    graph: Graph, subgraphs: [Graph] = [], description: String = "", format: String,
    metadata: [Metadata] = [], signatures: [Signature] = []
  ) {
    self.graph = graph
    self.subgraphs = subgraphs
    self.description = description
    self.format = format
    self.metadata = metadata
    self.signatures = signatures
  }

  /// A named blob, for instance `min_runtime_version`.
  public struct Metadata: Sendable {
    /// What the blob is.
    public var name: String
    /// As the file has them.
    public var bytes: Bytes

    public init(name: String, bytes: Bytes) {
      self.name = name
      self.bytes = bytes
    }
  }

  /// An entry point with names of its own for inputs and outputs.
  public struct Signature: Sendable {
    /// The entry point's name, for instance `serving_default`.
    public var key: String
    /// 0 is ``Model/graph``, k is the k-th of ``Model/subgraphs``, counted from 1.
    public var graphIndex: Int
    /// What a caller sets.
    public var inputs: [Binding]
    /// What a caller reads.
    public var outputs: [Binding]

    public init(key: String, graphIndex: Int, inputs: [Binding], outputs: [Binding]) {
      self.key = key
      self.graphIndex = graphIndex
      self.inputs = inputs
      self.outputs = outputs
    }

    /// A name for an input or an output.
    public struct Binding: Sendable {
      /// The signature's own name for the value.
      public var name: String
      /// The value in the signature's graph.
      public var value: ValueID

      public init(name: String, value: ValueID) {
        self.name = name
        self.value = value
      }
    }
  }
}
