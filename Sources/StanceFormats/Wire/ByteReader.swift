import StanceTensors

/// Little-endian numbers at any offset of some bytes; whatever lies outside throws.
struct ByteReader {
  let bytes: Bytes

  var count: Int { bytes.count }

  init(_ bytes: Bytes) {
    self.bytes = bytes
  }

  /// - Throws: ``FormatError`` where the bytes end before `offset + byteCount`.
  func require(_ byteCount: Int, at offset: Int) throws {
    guard offset >= 0, byteCount >= 0, offset <= count, byteCount <= count - offset else {
      throw FormatError(
        .malformed,
        "\(byteCount) bytes are needed here and the file has \(count); it is truncated or damaged",
        byteOffset: offset)
    }
  }

  func integer<Number: FixedWidthInteger>(at offset: Int, as type: Number.Type = Number.self)
    throws -> Number
  {
    try require(MemoryLayout<Number>.size, at: offset)
    return bytes.withUnsafeBytes {
      Number(littleEndian: $0.loadUnaligned(fromByteOffset: offset, as: Number.self))
    }
  }

  func slice(at offset: Int, count: Int) throws -> Bytes {
    try require(count, at: offset)
    return bytes[offset..<offset + count]
  }

  /// The bytes as UTF-8, with U+FFFD for what is none.
  func string(at offset: Int, count: Int, budget: DecodingBudget) throws -> String {
    let slice = try slice(at: offset, count: count)
    // Each byte that is no UTF-8 becomes the three bytes of U+FFFD.
    let isASCII = slice.withUnsafeBytes { $0.allSatisfy { $0 < 0x80 } }
    let (size, overflow) = count.multipliedReportingOverflow(by: isASCII ? 1 : 3)
    try budget.chargeArray(of: UInt8.self, count: overflow ? Int.max : size, at: offset)
    return slice.withUnsafeBytes { String(decoding: $0, as: UTF8.self) }
  }
}
