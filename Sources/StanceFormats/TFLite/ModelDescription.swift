import StanceTensors

/// What a model's maker says of it: the metadata entry `TFLITE_METADATA` of TensorFlow Lite files
/// (TFLite Metadata schema, file identifier `M001`).
public struct ModelDescription: Hashable, Sendable {
  /// What is said of an input or output.
  public struct TensorText: Hashable, Sendable {
    public let name: String?
    public let description: String?
    /// What is subtracted from each channel of an input, and then divided by.
    public let normalization: Normalization?
    /// Of files packed with the model, labels for instance.
    public let associatedFiles: [String]
  }

  /// `(x - mean) / deviation`, one number for all channels or one each.
  public struct Normalization: Hashable, Sendable {
    public let mean: [Float]
    public let deviation: [Float]
  }

  /// The name of the metadata entry that holds such a description.
  public static let entryName = "TFLITE_METADATA"

  public let name: String?
  public let description: String?
  public let version: String?
  public let author: String?
  public let license: String?
  /// Of the first graph, in the model's order.
  public let inputs: [TensorText]
  public let outputs: [TensorText]
  public let associatedFiles: [String]

  /// - Throws: ``FormatError`` where the bytes are no such description.
  public init(decoding bytes: Bytes) throws {
    let identifier = try ByteReader(bytes).slice(at: 4, count: 4).withUnsafeBytes { Array($0) }
    guard identifier == Array("M001".utf8) else {
      throw FormatError(.malformed, "no model description: \"M001\" is missing", byteOffset: 4)
    }
    let root = try Flatbuffer(bytes).root()
    name = try root.string(0, "name")
    description = try root.string(1, "description")
    version = try root.string(2, "version")
    author = try root.string(4, "author")
    license = try root.string(5, "license")
    associatedFiles = try root.fileNames(6)
    let graph = try root.vector(3, "subgraph_metadata", elementSize: 4)
      .flatMap { try $0.count > 0 ? $0.table(0) : nil }
    inputs = try graph?.tensorTexts(2, "input_tensor_metadata") ?? []
    outputs = try graph?.tensorTexts(3, "output_tensor_metadata") ?? []
  }
}

extension FlatbufferTable {
  fileprivate func tensorTexts(
    _ slot: Int, _ name: String
  ) throws -> [ModelDescription.TensorText] {
    try vector(slot, name, elementSize: 4)?.mapTables(name) { tensor in
      return ModelDescription.TensorText(
        name: try tensor.string(0, "name"), description: try tensor.string(1, "description"),
        normalization: try tensor.normalization(), associatedFiles: try tensor.fileNames(6))
    } ?? []
  }

  /// The first of a tensor's process units that normalizes.
  private func normalization() throws -> ModelDescription.Normalization? {
    let units = try vector(4, "process_units", elementSize: 4)?.mapTables("process_units") { unit in
      // 1 is NormalizationOptions in the schema's union.
      try unit.integer(0, "options_type", default: UInt8(0)) == 1 ? unit.table(1, "options") : nil
    }
    guard let options = units?.compactMap({ $0 }).first else { return nil }
    return ModelDescription.Normalization(
      mean: try options.floats(0, "mean") ?? [], deviation: try options.floats(1, "std") ?? [])
  }

  fileprivate func fileNames(_ slot: Int) throws -> [String] {
    try vector(slot, "associated_files", elementSize: 4)?.mapTables("associated_files") {
      try $0.string(0, "name") ?? ""
    } ?? []
  }
}
