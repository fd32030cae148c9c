import StanceFormats
import StanceGraph

extension Model.Metadata {
  /// Nil where the entry is none that describes the model, or is damaged.
  var description: ModelDescription? {
    name == ModelDescription.entryName ? try? ModelDescription(decoding: bytes) : nil
  }

  /// The text that it is, else how many bytes, and the first of them.
  var contentText: String {
    if bytes.isEmpty { return "empty" }
    return bytes.printableText.map { "\"\(printable($0))\"" }
      ?? "\(NumberText.grouped(bytes.count)) bytes, \(bytes.hexadecimal(limit: 16))"
  }
}

extension ModelDescription {
  /// Names and texts of what is said, in order.
  var lines: [(String, String)] {
    var lines: [(String, String)] = []
    func add(_ name: String, _ text: String?) {
      if let text, !text.isEmpty { lines.append((name, text)) }
    }
    add("name", name)
    add("description", description)
    add("version", version)
    add("author", author)
    add("license", license)
    for (position, input) in inputs.enumerated() { add("input \(position)", input.line) }
    for (position, output) in outputs.enumerated() { add("output \(position)", output.line) }
    add("files", associatedFiles.joined(separator: ", "))
    return lines
  }

  var json: JSONValue {
    .object([
      ("name", .optional(name, JSONValue.string)),
      ("description", .optional(description, JSONValue.string)),
      ("version", .optional(version, JSONValue.string)),
      ("author", .optional(author, JSONValue.string)),
      ("license", .optional(license, JSONValue.string)),
      ("inputs", .array(inputs.map(\.json))),
      ("outputs", .array(outputs.map(\.json))),
      ("associatedFiles", .array(associatedFiles.map(JSONValue.string))),
    ])
  }
}

extension ModelDescription.TensorText {
  fileprivate var line: String {
    var parts = [name, description].compactMap { $0 }.filter { !$0.isEmpty }
    if let normalization {
      parts.append("mean \(normalization.mean), deviation \(normalization.deviation)")
    }
    if !associatedFiles.isEmpty { parts.append(associatedFiles.joined(separator: ", ")) }
    return parts.joined(separator: "; ")
  }

  fileprivate var json: JSONValue {
    .object([
      ("name", .optional(name, JSONValue.string)),
      ("description", .optional(description, JSONValue.string)),
      ("normalization", .optional(normalization, \.json)),
      ("associatedFiles", .array(associatedFiles.map(JSONValue.string))),
    ])
  }
}

extension ModelDescription.Normalization {
  fileprivate var json: JSONValue {
    func list(_ numbers: [Float]) -> JSONValue {
      .array(numbers.map(JSONValue.float))
    }
    return .object([("mean", list(mean)), ("deviation", list(deviation))])
  }
}
