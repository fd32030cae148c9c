import StanceTensors

/// A value in the FlexBuffers format, in which custom operators keep their options.
///
/// Vectors of one element type come out as ``vector(_:)`` like any other.
public enum FlexBuffer: Hashable, Sendable {
  case null
  case bool(Bool)
  case integer(Int64)
  case unsigned(UInt64)
  case float(Double)
  case string(String)
  case blob(Bytes)
  case vector([FlexBuffer])
  /// In the file's order, which is that of the keys' bytes.
  case map([Entry])

  /// One key and value of a map.
  public struct Entry: Hashable, Sendable {
    /// The name of the entry.
    public var key: String
    /// What the entry holds.
    public var value: FlexBuffer

    public init(key: String, value: FlexBuffer) {
      self.key = key
      self.value = value
    }
  }

  /// Decodes a whole buffer.
  ///
  /// - Throws: ``FormatError`` where the bytes are no FlexBuffer: offsets outside, cycles, more
  ///   than 64 levels, or values that refer to the same bytes so often that memory would run out.
  public init(decoding bytes: Bytes) throws {
    self = try FlexBufferDecoder(bytes).root()
  }

  /// The value of `key`; nil where this is no map or has no such key.
  public subscript(key: String) -> FlexBuffer? {
    guard case .map(let entries) = self else { return nil }
    return entries.first { $0.key == key }?.value
  }

  /// A whole number of either sign, a truth value as 0 or 1; nil for others and where it does not
  /// fit.
  public var int: Int? {
    switch self {
    case .integer(let number): Int(exactly: number)
    case .unsigned(let number): Int(exactly: number)
    case .bool(let flag): flag ? 1 : 0
    default: nil
    }
  }

  /// Any number, as a real one; nil for others.
  public var double: Double? {
    switch self {
    case .integer(let number): Double(number)
    case .unsigned(let number): Double(number)
    case .float(let number): number
    default: nil
    }
  }

  /// A truth value, or a whole number that is not 0; nil for others.
  public var bool: Bool? {
    switch self {
    case .bool(let flag): flag
    case .integer(let number): number != 0
    case .unsigned(let number): number != 0
    default: nil
    }
  }

  /// Text; nil for others.
  public var string: String? {
    if case .string(let text) = self { text } else { nil }
  }

  /// The elements of a vector; nil for others.
  public var vector: [FlexBuffer]? {
    if case .vector(let elements) = self { elements } else { nil }
  }
}

extension FlexBuffer: CustomStringConvertible {
  /// The value in the manner of JSON, a blob by its size.
  public var description: String {
    switch self {
    case .null: return "null"
    case .bool(let flag): return "\(flag)"
    case .integer(let number): return "\(number)"
    case .unsigned(let number): return "\(number)"
    case .float(let number): return "\(number)"
    case .string(let text): return text.debugDescription
    case .blob(let bytes): return "<\(bytes.count) bytes>"
    case .vector(let elements):
      return "[" + elements.map(\.description).joined(separator: ", ") + "]"
    case .map(let entries):
      return "{" + entries.map { "\($0.key): \($0.value)" }.joined(separator: ", ") + "}"
    }
  }
}
