/// Bounds-checked reading: whatever lies outside is nil.
struct ByteView {
  let bytes: ArraySlice<UInt8>
  var isBigEndian: Bool

  init(_ bytes: [UInt8], isBigEndian: Bool = false) {
    self.init(bytes[...], isBigEndian: isBigEndian)
  }

  init(_ bytes: ArraySlice<UInt8>, isBigEndian: Bool = false) {
    self.bytes = bytes
    self.isBigEndian = isBigEndian
  }

  var count: Int { bytes.count }

  /// The bytes from `offset` on; nil where not all of them are there.
  func part(at offset: Int, count: Int) -> ArraySlice<UInt8>? {
    guard offset >= 0, count >= 0, offset <= bytes.count, count <= bytes.count - offset else {
      return nil
    }
    let start = bytes.startIndex + offset
    return bytes[start..<start + count]
  }

  func u8(at offset: Int) -> Int? {
    part(at: offset, count: 1).map { Int($0.first ?? 0) }
  }

  func u16(at offset: Int) -> Int? { number(at: offset, count: 2) }
  func u24(at offset: Int) -> Int? { number(at: offset, count: 3) }
  func u32(at offset: Int) -> Int? { number(at: offset, count: 4) }

  func i32(at offset: Int) -> Int? {
    u32(at: offset).map { Int(Int32(truncatingIfNeeded: $0)) }
  }

  private func number(at offset: Int, count: Int) -> Int? {
    guard let part = part(at: offset, count: count) else { return nil }
    return isBigEndian
      ? part.reduce(0) { $0 << 8 | Int($1) } : part.reversed().reduce(0) { $0 << 8 | Int($1) }
  }

  func text(at offset: Int, count: Int) -> String? {
    part(at: offset, count: count).map { String(decoding: $0, as: UTF8.self) }
  }

  func starts(with prefix: [UInt8]) -> Bool { bytes.starts(with: prefix) }
  func starts(with prefix: String) -> Bool { bytes.starts(with: prefix.utf8) }
}
