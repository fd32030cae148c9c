/// A JSON value whose members keep their order.
indirect enum JSONValue: Hashable {
  case null
  case boolean(Bool)
  case integer(Int)
  /// Written with at most so many decimals; `null` where it is not finite.
  case number(Double, decimals: Int)
  /// Written with all of its digits; `null` where it is not finite.
  case float(Float)
  case string(String)
  case array([JSONValue])
  case object([(String, JSONValue)])

  static func == (left: JSONValue, right: JSONValue) -> Bool {
    left.compactText == right.compactText
  }

  func hash(into hasher: inout Hasher) { hasher.combine(compactText) }

  /// `null` for nil.
  static func optional<Wrapped>(_ value: Wrapped?, _ make: (Wrapped) -> JSONValue) -> JSONValue {
    value.map(make) ?? .null
  }
}

extension JSONValue {
  /// On one line, without spaces.
  var compactText: String {
    var text = ""
    append(to: &text, separator: ",", colon: ":")
    return text
  }

  /// For reading: lists and large objects over several lines, small objects on one.
  var readableText: String {
    var text = ""
    appendReadable(to: &text, indentation: "")
    return text
  }

  private func append(to text: inout String, separator: String, colon: String) {
    switch self {
    case .null: text += "null"
    case .boolean(let value): text += value ? "true" : "false"
    case .integer(let value): text += String(value)
    case .number(let value, let decimals):
      text += DecimalText.text(value, decimals: decimals) ?? "null"
    case .float(let value): text += value.isFinite ? "\(value)" : "null"
    case .string(let value): JSONValue.appendQuoted(value, to: &text)
    case .array(let elements):
      text += "["
      for (index, element) in elements.enumerated() {
        if index > 0 { text += separator }
        element.append(to: &text, separator: separator, colon: colon)
      }
      text += "]"
    case .object(let members):
      text += "{"
      for (index, (name, value)) in members.enumerated() {
        if index > 0 { text += separator }
        JSONValue.appendQuoted(name, to: &text)
        text += colon
        value.append(to: &text, separator: separator, colon: colon)
      }
      text += "}"
    }
  }

  private func appendReadable(to text: inout String, indentation: String) {
    let inner = indentation + "  "
    switch self {
    case .array(let elements) where elements.contains(where: \.isContainer):
      text += "["
      for (index, element) in elements.enumerated() {
        text += index > 0 ? ",\n" : "\n"
        text += inner
        element.appendReadable(to: &text, indentation: inner)
      }
      text += "\n\(indentation)]"
    case .object(let members) where !isSmall:
      text += "{"
      for (index, (name, value)) in members.enumerated() {
        text += index > 0 ? ",\n" : "\n"
        text += inner
        JSONValue.appendQuoted(name, to: &text)
        text += ": "
        value.appendReadable(to: &text, indentation: inner)
      }
      text += "\n\(indentation)}"
    default:
      append(to: &text, separator: ", ", colon: ": ")
    }
  }

  private var isContainer: Bool {
    switch self {
    case .array, .object: true
    default: false
    }
  }

  /// An object of few plain values, or of such objects.
  private var isSmall: Bool {
    guard case .object(let members) = self else { return !isContainer }
    return members.count <= 9
      && members.allSatisfy { _, value in
        switch value {
        case .array(let elements): elements.count <= 8 && !elements.contains(where: \.isContainer)
        case .object(let inner): !inner.contains { $0.1.isContainer }
        default: true
        }
      }
  }

  private static func appendQuoted(_ string: String, to text: inout String) {
    text += "\""
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      case "\u{0}"..<"\u{20}", "\u{7F}", "\u{2028}", "\u{2029}":
        let hexadecimal = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - hexadecimal.count) + hexadecimal
      default: text.unicodeScalars.append(scalar)
      }
    }
    text += "\""
  }
}
