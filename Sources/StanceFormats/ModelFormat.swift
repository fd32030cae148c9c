import StanceGraph
import StanceTensors

/// What a file holds, by its content; names and extensions say nothing.
public enum ModelFormat: Hashable, Sendable {
  /// TensorFlow Lite: a flatbuffer with the identifier `TFL3`.
  case tfLite
  /// Anything else, in words that fit after "this is".
  case other(String)

  /// Looks at the first bytes.
  public static func detect(_ bytes: Bytes) -> ModelFormat {
    bytes.withUnsafeBytes { raw in
      if raw.isEmpty { return .other("an empty file") }
      func has(_ text: String, at offset: Int = 0) -> Bool {
        raw.dropFirst(offset).starts(with: text.utf8)
      }
      if has("TFL3", at: 4) { return .tfLite }
      if has("TFL", at: 4) { return .other("a TensorFlow Lite file of another schema") }
      if has("PK\u{3}\u{4}") { return .other("a zip archive; unpack it first") }
      if raw.starts(with: [0x1F, 0x8B]) { return .other("a gzip archive; unpack it first") }
      if raw.starts(with: [0x93]) && has("NUMPY", at: 1) { return .other("a NumPy array") }
      if raw.starts(with: [0x89]) && has("HDF", at: 1) { return .other("an HDF5 (Keras) file") }
      if raw.starts(with: [0xFF, 0xD8, 0xFF]) { return .other("a JPEG image") }
      if raw.starts(with: [0x89]) && has("PNG", at: 1) { return .other("a PNG image") }
      if has("<") { return .other("a web page or XML; perhaps a download that failed") }
      if has("version https://git-lfs") {
        return .other("a Git LFS pointer; fetch the file itself with `git lfs pull`")
      }
      if has("{") { return .other("JSON") }
      if raw.prefix(4096).allSatisfy({ $0 == 0 }) { return .other("a file of zeros") }
      return .other("no model file")
    }
  }

  /// - Throws: ``FormatError`` where the format is not `wanted`.
  func require(_ wanted: ModelFormat) throws {
    guard self != wanted else { return }
    if case .other(let words) = self {
      throw FormatError(
        .unknownFormat, "this is \(words); a TensorFlow Lite model (.tflite) is needed")
    }
    throw FormatError(.unknownFormat, "the file is of another format")
  }
}

/// Reads a model of any format, told apart by content.
public enum ModelReader {
  /// Maps the file at `path` into memory and reads it.
  /// - Throws: ``FormatError`` where it is no model, or a damaged one.
  public static func read(contentsOf path: String) throws -> Model {
    try read(Bytes(mappingFileAt: path), name: path)
  }

  /// - Parameter name: what errors call the bytes.
  /// - Throws: ``FormatError`` where it is no model, or a damaged one.
  public static func read(_ bytes: Bytes, name: String) throws -> Model {
    try TFLiteReader.read(bytes, name: name)
  }
}
