import StanceTensors

/// Reads FlexBuffers: values of 1, 2, 4 or 8 bytes, offsets that point backwards, and a packed
/// byte (type and width) beside each value.
struct FlexBufferDecoder {
  private static let maximumDepth = 64
  /// A number of one byte becomes a value of a few words.
  private static let bytesPerFileByte = 64

  private let reader: ByteReader
  private let budget: DecodingBudget

  init(_ bytes: Bytes) {
    reader = ByteReader(bytes)
    budget = DecodingBudget(
      fileByteCount: bytes.count, bytesPerFileByte: Self.bytesPerFileByte)
  }

  /// The buffer ends with the root value, its packed type and its width.
  func root() throws -> FlexBuffer {
    guard reader.count >= 3 else {
      throw FormatError(.malformed, "\(reader.count) bytes are too short for a FlexBuffer")
    }
    let width = Int(try reader.integer(at: reader.count - 1, as: UInt8.self))
    let packed = try reader.integer(at: reader.count - 2, as: UInt8.self)
    return try locating("FlexBuffer") {
      try value(at: reader.count - 2 - width, width: width, packed: packed, depth: 0)
    }
  }

  /// - Parameters:
  ///   - width: of the value or offset that is stored at `position`.
  ///   - packed: the type, and the width of what an offset points at.
  private func value(at position: Int, width: Int, packed: UInt8, depth: Int) throws -> FlexBuffer {
    guard depth < Self.maximumDepth else {
      throw malformed("values are nested more than \(Self.maximumDepth) deep", position)
    }
    let inner = 1 << Int(packed & 3)
    switch Int(packed >> 2) {
    case 0: return .null
    case 1: return .integer(try signed(at: position, width: width))
    case 2: return .unsigned(try unsigned(at: position, width: width))
    case 3: return .float(try float(at: position, width: width))
    case 26: return .bool(try unsigned(at: position, width: width) != 0)
    default: break
    }
    let target = try target(of: position, width: width)
    switch Int(packed >> 2) {
    case 4: return .string(try key(at: target))
    case 5:
      let count = try count(at: target, width: inner)
      return .string(try reader.string(at: target, count: count, budget: budget))
    case 6: return .integer(try signed(at: target, width: inner))
    case 7: return .unsigned(try unsigned(at: target, width: inner))
    case 8: return .float(try float(at: target, width: inner))
    case 9: return .map(try map(at: target, width: inner, depth: depth))
    case 10:
      return .vector(try vector(at: target, width: inner, depth: depth))
    case let type where (11...15).contains(type) || type == 36:
      let count = try count(at: target, width: inner)
      return try typedVector(
        at: target, width: inner, count: count, type: type == 36 ? 26 : type - 10, depth: depth)
    case let type where (16...24).contains(type):
      return try typedVector(
        at: target, width: inner, count: (type - 16) / 3 + 2, type: (type - 16) % 3 + 1,
        depth: depth)
    case 25:
      return .blob(try reader.slice(at: target, count: try count(at: target, width: inner)))
    default: throw malformed("there is no value type \(packed >> 2)", position)
    }
  }

  /// Elements, then a packed byte for each.
  private func vector(at start: Int, width: Int, depth: Int) throws -> [FlexBuffer] {
    let count = try count(at: start, width: width)
    guard count <= (reader.count - start) / (width + 1) else {
      throw malformed("a vector of \(count) elements reaches over the end", start)
    }
    try budget.chargeArray(of: FlexBuffer.self, count: count, at: start)
    return try (0..<count).map { index in
      let packed = try reader.integer(at: start + count * width + index, as: UInt8.self)
      return try value(at: start + index * width, width: width, packed: packed, depth: depth + 1)
    }
  }

  /// Elements of one type, without packed bytes.
  private func typedVector(at start: Int, width: Int, count: Int, type: Int, depth: Int) throws
    -> FlexBuffer
  {
    guard count <= (reader.count - start) / width else {
      throw malformed("a vector of \(count) elements reaches over the end", start)
    }
    try budget.chargeArray(of: FlexBuffer.self, count: count, at: start)
    return .vector(
      try (0..<count).map { index in
        // Strings in such vectors have no width of their own: they are of one byte.
        try value(
          at: start + index * width, width: width, packed: UInt8(type << 2), depth: depth + 1)
      })
  }

  /// A vector of values, with the offset and the width of a vector of keys before its size.
  private func map(at start: Int, width: Int, depth: Int) throws -> [FlexBuffer.Entry] {
    let keysPosition = start - 3 * width
    let keys = try target(of: keysPosition, width: width)
    let keyWidth = Int(clamping: try unsigned(at: start - 2 * width, width: width))
    let values = try vector(at: start, width: width, depth: depth)
    guard [1, 2, 4, 8].contains(keyWidth), try count(at: keys, width: keyWidth) == values.count
    else { throw malformed("a map's keys do not fit its values", keysPosition) }
    try budget.chargeArray(of: FlexBuffer.Entry.self, count: values.count, at: start)
    return try values.enumerated().map { index, value in
      let target = try target(of: keys + index * keyWidth, width: keyWidth)
      return FlexBuffer.Entry(key: try key(at: target), value: value)
    }
  }

  /// Text that a zero byte ends.
  private func key(at start: Int) throws -> String {
    try reader.require(1, at: start)
    let length = reader.bytes.withUnsafeBytes { raw in
      raw[start...].prefix(min(budget.remaining, Int.max - 1) + 1).firstIndex(of: 0)
    }
    guard let length else {
      throw malformed("a key has no end", start)
    }
    // At least one, so that looking for the end is charged even where there is nothing to keep.
    try budget.charge(1, at: start)
    return try reader.string(at: start, count: length - start, budget: budget)
  }

  private func count(at start: Int, width: Int) throws -> Int {
    let count = Int(clamping: try unsigned(at: start - width, width: width))
    guard count <= reader.count - start else {
      throw malformed("\(count) elements reach over the end", start)
    }
    return count
  }

  /// Where the offset at `position` points: backwards from itself.
  private func target(of position: Int, width: Int) throws -> Int {
    let offset = try unsigned(at: position, width: width)
    guard offset > 0, offset <= UInt64(position) else {
      throw malformed("the offset \(offset) points outside", position)
    }
    return position - Int(offset)
  }

  private func unsigned(at position: Int, width: Int) throws -> UInt64 {
    switch width {
    case 1: return UInt64(try reader.integer(at: position, as: UInt8.self))
    case 2: return UInt64(try reader.integer(at: position, as: UInt16.self))
    case 4: return UInt64(try reader.integer(at: position, as: UInt32.self))
    case 8: return try reader.integer(at: position)
    default: throw malformed("there are no values of \(width) bytes", position)
    }
  }

  private func signed(at position: Int, width: Int) throws -> Int64 {
    let bits = try unsigned(at: position, width: width)
    let unused = UInt64(64 - width * 8)
    return Int64(bitPattern: bits << unused) >> Int64(unused)
  }

  private func float(at position: Int, width: Int) throws -> Double {
    let bits = try unsigned(at: position, width: width)
    switch width {
    case 2: return Double(Float16Bits(bits: UInt16(truncatingIfNeeded: bits)).float)
    case 4: return Double(Float(bitPattern: UInt32(truncatingIfNeeded: bits)))
    case 8: return Double(bitPattern: bits)
    default: throw malformed("there are no real numbers of \(width) byte", position)
    }
  }

  private func malformed(_ reason: String, _ position: Int) -> FormatError {
    FormatError(.malformed, reason, byteOffset: position)
  }
}
