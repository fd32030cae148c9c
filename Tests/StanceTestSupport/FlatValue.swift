import StanceTensors

/// A flatbuffer as a tree of values, to make files for tests: also such as no converter writes.
package indirect enum FlatValue {
  case uint8(UInt8)
  case int32(Int32)
  case uint32(UInt32)
  case uint64(UInt64)
  case float(Float)
  /// Fields by slot.
  case table([Int: FlatValue])
  case tables([FlatValue])
  case bytes([UInt8])
  case int32s([Int32])
  case int64s([Int64])
  case floats([Float])

  package static func string(_ text: String) -> FlatValue { .bytes(Array(text.utf8)) }

  /// The file with this table as its root.
  package func file(identifier: String = "TFL3") -> [UInt8] {
    var writer = FlatWriter()
    writer.bytes = [0, 0, 0, 0] + Array(identifier.utf8)
    let root = writer.write(self)
    writer.patch(at: 0, to: root)
    return writer.bytes
  }

  /// The file as the reader takes it.
  package func fileBytes() -> Bytes { Bytes(file()) }
}

private struct FlatWriter {
  var bytes: [UInt8] = []

  /// - Returns: where the value starts.
  mutating func write(_ value: FlatValue) -> Int {
    switch value {
    case .table(let fields): return writeTable(fields)
    case .tables(let tables):
      let start = writeVector(count: tables.count) { _ in }
      let places = tables.map { _ in
        append(0 as UInt32)
        return bytes.count - 4
      }
      for (place, table) in zip(places, tables) { patch(at: place, to: write(table)) }
      return start
    case .bytes(let elements):
      return writeVector(count: elements.count) {
        for element in elements { $0.append(element) }
        // Strings end with a zero that their length leaves out.
        $0.append(0 as UInt8)
      }
    case .int32s(let elements):
      return writeVector(count: elements.count) { for element in elements { $0.append(element) } }
    case .int64s(let elements):
      align(to: 8, after: 4)
      return writeVector(count: elements.count) { for element in elements { $0.append(element) } }
    case .floats(let elements):
      return writeVector(count: elements.count) {
        for element in elements { $0.append(element.bitPattern) }
      }
    case .uint8, .int32, .uint32, .uint64, .float:
      preconditionFailure("a number has its place inside a table")
    }
  }

  mutating func patch(at place: Int, to target: Int) {
    let offset = UInt32(target - place)
    for byte in 0..<4 { bytes[place + byte] = UInt8(truncatingIfNeeded: offset >> (byte * 8)) }
  }

  private mutating func writeTable(_ fields: [Int: FlatValue]) -> Int {
    align(to: 2, after: 0)
    let description = bytes.count
    let slotCount = (fields.keys.max() ?? -1) + 1
    for _ in 0..<slotCount + 2 { append(0 as UInt16) }
    align(to: 8, after: 0)
    let start = bytes.count
    append(Int32(start - description))
    var children: [(place: Int, value: FlatValue)] = []
    for (slot, value) in fields.sorted(by: { $0.key < $1.key }) {
      align(to: value.inlineSize, after: 0)
      put(UInt16(bytes.count - start), at: description + 4 + slot * 2)
      switch value {
      case .uint8(let number): append(number)
      case .int32(let number): append(number)
      case .uint32(let number): append(number)
      case .uint64(let number): append(number)
      case .float(let number): append(number.bitPattern)
      default:
        children.append((bytes.count, value))
        append(0 as UInt32)
      }
    }
    put(UInt16(4 + slotCount * 2), at: description)
    put(UInt16(bytes.count - start), at: description + 2)
    for child in children { patch(at: child.place, to: write(child.value)) }
    return start
  }

  private mutating func writeVector(count: Int, elements: (inout FlatWriter) -> Void) -> Int {
    align(to: 4, after: 0)
    let start = bytes.count
    append(UInt32(count))
    elements(&self)
    return start
  }

  mutating func append(_ number: some FixedWidthInteger) {
    withUnsafeBytes(of: number.littleEndian) { bytes += $0 }
  }

  private mutating func put(_ number: UInt16, at place: Int) {
    bytes[place] = UInt8(truncatingIfNeeded: number)
    bytes[place + 1] = UInt8(truncatingIfNeeded: number >> 8)
  }

  private mutating func align(to alignment: Int, after byteCount: Int) {
    while (bytes.count + byteCount) % alignment != 0 { bytes.append(0) }
  }
}

extension FlatValue {
  fileprivate var inlineSize: Int {
    switch self {
    case .uint8: 1
    case .uint64: 8
    default: 4
    }
  }
}
