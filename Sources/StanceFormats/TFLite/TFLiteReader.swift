import StanceGraph
import StanceTensors

/// Reads TensorFlow Lite's `.tflite` files, schema version 3.
///
/// Weights stay where they lie in the mapped file. Whatever a file holds, reading it either gives
/// a model whose indices, shapes and sizes agree, or throws; it never takes more than four times
/// the file's size in memory (64 KiB for the smallest files).
public enum TFLiteReader {
  /// Maps the file at `path` into memory and reads it.
  /// - Throws: ``FormatError`` that names the file, the byte and the part that is wrong.
  public static func read(contentsOf path: String) throws -> Model {
    try read(Bytes(mappingFileAt: path), name: path)
  }

  /// - Parameter name: what errors call the bytes.
  /// - Throws: ``FormatError`` that names the file, the byte and the part that is wrong.
  public static func read(_ bytes: Bytes, name: String) throws -> Model {
    try naming(file: name) {
      try ModelFormat.detect(bytes).require(.tfLite)
      let buffer = Flatbuffer(bytes)
      return try ModelDecoder(try locating("model") { try buffer.root() }).model()
    }
  }
}

/// The `Model` table.
struct ModelDecoder {
  let root: FlatbufferTable
  let buffers: BufferTable
  let operatorCodes: [OperatorCode]

  init(_ root: FlatbufferTable) throws {
    let version = try root.integer(0, "version", default: 0 as UInt32)
    guard version == 3 else {
      throw FormatError(
        .unsupported, "schema version \(version) is not supported; only version 3 is",
        byteOffset: root.position, parts: ["version"])
    }
    self.root = root
    buffers = BufferTable(
      buffers: try root.vector(4, "buffers", elementSize: 4), reader: root.buffer.reader)
    operatorCodes =
      try root.vector(1, "operator codes", elementSize: 4)?
      .mapTables("operator code") { table in try OperatorCode(table) } ?? []
  }

  func model() throws -> Model {
    let graphs =
      try root.vector(2, "subgraphs", elementSize: 4)?
      .mapTables("subgraph") { table in
        try SubgraphDecoder(table, buffers: buffers, operatorCodes: operatorCodes).graph()
      } ?? []
    guard let graph = graphs.first else {
      throw FormatError(
        .malformed, "the model has no subgraph to run", byteOffset: root.position,
        parts: ["subgraphs"])
    }
    return Model(
      graph: graph, subgraphs: Array(graphs.dropFirst()),
      description: try root.string(3, "description") ?? "",
      format: "TensorFlow Lite, schema 3", metadata: try metadata(),
      signatures: try signatures(of: graphs))
  }

  private func metadata() throws -> [Model.Metadata] {
    try root.vector(6, "metadata", elementSize: 4)?
      .mapTables("metadata") { table in
        let index = Int(try table.integer(1, "buffer", default: 0 as UInt32))
        return Model.Metadata(
          name: try table.string(0, "name") ?? "",
          bytes: try buffers.bytes(index, at: table.position) ?? Bytes([]))
      } ?? []
  }

  private func signatures(of graphs: [Graph]) throws -> [Model.Signature] {
    try root.vector(7, "signatures", elementSize: 4)?
      .mapTables("signature") { table in
        let index = Int(try table.integer(4, "subgraph", default: 0 as UInt32))
        guard graphs.indices.contains(index) else {
          throw FormatError(
            .malformed, "subgraph \(index) does not exist; the model has \(graphs.count)",
            byteOffset: table.position)
        }
        let valueCount = graphs[index].values.count
        return Model.Signature(
          key: try table.string(2, "key") ?? "", graphIndex: index,
          inputs: try bindings(table, 0, "inputs", valueCount: valueCount),
          outputs: try bindings(table, 1, "outputs", valueCount: valueCount))
      } ?? []
  }

  private func bindings(_ table: FlatbufferTable, _ slot: Int, _ name: String, valueCount: Int)
    throws -> [Model.Signature.Binding]
  {
    try locating(name) {
      try table.vector(slot, "vector", elementSize: 4)?
        .mapTables("entry") { entry in
          let index = Int(try entry.integer(1, "tensor", default: 0 as UInt32))
          guard index < valueCount else {
            throw FormatError(
              .malformed, "tensor \(index) does not exist; the subgraph has \(valueCount)",
              byteOffset: entry.position)
          }
          return Model.Signature.Binding(
            name: try entry.string(0, "name") ?? "", value: ValueID(index))
        } ?? []
    }
  }
}

/// The `Buffer` tables, which hold the elements of constants.
struct BufferTable {
  let buffers: FlatbufferVector?
  let reader: ByteReader

  /// The bytes of buffer `index` where they lie; nil where it has none, as buffer 0 always.
  func bytes(_ index: Int, at position: Int) throws -> Bytes? {
    guard index != 0 else { return nil }
    guard let buffers, index < buffers.count else {
      throw FormatError(
        .malformed, "buffer \(index) does not exist; the model has \(buffers?.count ?? 0)",
        byteOffset: position)
    }
    return try locating("buffer \(index)") {
      let table = try buffers.table(index)
      if let bytes = try table.bytes(0, "data") { return bytes }
      // Models over 2 GB keep their weights behind the flatbuffer.
      return try reader.outsideBytes(table, offsetSlot: 1, sizeSlot: 2)
    }
  }
}

extension ByteReader {
  /// Bytes that a table places by offset and size from the start of the file; nil where it has
  /// none, which an offset of 0 or 1 says.
  func outsideBytes(_ table: FlatbufferTable, offsetSlot: Int, sizeSlot: Int) throws -> Bytes? {
    let offset = try table.integer(offsetSlot, "offset", default: 0 as UInt64)
    let size = try table.integer(sizeSlot, "size", default: 0 as UInt64)
    guard offset > 1 else { return nil }
    guard offset <= UInt64(count), size <= UInt64(count) - offset else {
      throw FormatError(
        .malformed,
        "\(size) bytes at offset \(offset) reach over the end of the file's \(count) bytes",
        byteOffset: table.position)
    }
    return bytes[Int(offset)..<Int(offset + size)]
  }
}
