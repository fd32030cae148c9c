/// Reads the part of Python's literals that NumPy headers use: a dictionary of strings, truth
/// values and tuples of whole numbers.
struct NumPyHeaderParser {
  enum Literal: Equatable {
    case text(String)
    case flag(Bool)
    case numbers([Int])
    /// A structured type's list of fields.
    case other
  }

  let text: [UInt8]
  /// Where the text lies in the file.
  let byteOffset: Int
  private var position = 0

  init(text: [UInt8], byteOffset: Int) {
    self.text = text
    self.byteOffset = byteOffset
  }

  mutating func dictionary() throws -> [String: Literal] {
    var entries: [String: Literal] = [:]
    try expect("{")
    while !skip("}") {
      let key = try string()
      try expect(":")
      entries[key] = try literal()
      // A structured type is told apart by its bracket; what follows does not matter.
      if entries[key] == .other { return entries }
      if !skip(",") {
        try expect("}")
        break
      }
    }
    return entries
  }

  private mutating func literal() throws -> Literal {
    if skip("(") { return .numbers(try numbers()) }
    if skip("[") { return .other }
    if skip("True") { return .flag(true) }
    if skip("False") { return .flag(false) }
    return .text(try string())
  }

  private mutating func numbers() throws -> [Int] {
    var numbers: [Int] = []
    while !skip(")") {
      numbers.append(try number())
      if !skip(",") {
        try expect(")")
        break
      }
    }
    return numbers
  }

  private mutating func number() throws -> Int {
    skipSpace()
    let start = position
    while position < text.count, (48...57).contains(text[position]) { position += 1 }
    let digits = String(decoding: text[start..<position], as: UTF8.self)
    guard let number = Int(digits) else { throw unexpected("a whole number", at: start) }
    // Python 2 wrote long numbers so.
    _ = skip("L")
    return number
  }

  private mutating func string() throws -> String {
    skipSpace()
    let start = position
    guard position < text.count,
      text[position] == UInt8(ascii: "'") || text[position] == UInt8(ascii: "\"")
    else { throw unexpected("a string", at: start) }
    let quote = text[position]
    guard let end = text[(position + 1)...].firstIndex(of: quote) else {
      throw unexpected("a string that ends", at: start)
    }
    position = end + 1
    return String(decoding: text[start + 1..<end], as: UTF8.self)
  }

  private mutating func skipSpace() {
    while position < text.count, [0x20, 0x09, 0x0A, 0x0D].contains(text[position]) { position += 1 }
  }

  private mutating func skip(_ token: String) -> Bool {
    skipSpace()
    guard text[position...].starts(with: token.utf8) else { return false }
    position += token.utf8.count
    return true
  }

  private mutating func expect(_ token: String) throws {
    guard skip(token) else { throw unexpected("\"\(token)\"", at: position) }
  }

  private func unexpected(_ wanted: String, at position: Int) -> FormatError {
    FormatError(.malformed, "\(wanted) is expected here", byteOffset: byteOffset + position)
  }
}
