import StanceTensors

/// A FlatBuffers file: tables, vectors and strings that point at one another by offsets.
///
/// Nothing is trusted: each access checks its offsets. Tables are read where they lie, so that a
/// cycle of offsets matters only to a reader that recurses, which none here does.
struct Flatbuffer {
  let reader: ByteReader
  let budget: DecodingBudget

  init(_ bytes: Bytes) {
    reader = ByteReader(bytes)
    budget = DecodingBudget(fileByteCount: bytes.count)
  }

  func root() throws -> FlatbufferTable {
    try FlatbufferTable(self, at: target(at: 0))
  }

  /// Where the unsigned offset stored at `position` points.
  func target(at position: Int) throws -> Int {
    let offset = try reader.integer(at: position, as: UInt32.self)
    guard offset != 0, Int(offset) <= reader.count - position else {
      throw FormatError(
        .malformed,
        "the offset \(offset) points outside of the file's \(reader.count) bytes",
        byteOffset: position)
    }
    return position + Int(offset)
  }
}

/// A table of a ``Flatbuffer``: fields that may each be absent, found by a slot number.
struct FlatbufferTable {
  let buffer: Flatbuffer
  /// Where the table starts in the file.
  let position: Int
  private let vtable: Int
  private let vtableSize: Int
  private let size: Int

  init(_ buffer: Flatbuffer, at position: Int) throws {
    let reader = buffer.reader
    let distance = try reader.integer(at: position, as: Int32.self)
    vtable = position - Int(distance)
    try reader.require(4, at: vtable)
    vtableSize = Int(try reader.integer(at: vtable, as: UInt16.self))
    size = Int(try reader.integer(at: vtable + 2, as: UInt16.self))
    guard vtableSize >= 4, vtableSize % 2 == 0, size >= 4 else {
      throw FormatError(
        .malformed, "a table's description has the sizes \(vtableSize) and \(size)",
        byteOffset: vtable)
    }
    try reader.require(vtableSize, at: vtable)
    try reader.require(size, at: position)
    self.buffer = buffer
    self.position = position
  }

  /// Where the field lies in the file; nil where it is absent and has its default.
  func location(_ slot: Int, byteCount: Int) throws -> Int? {
    let entry = 4 + 2 * slot
    guard entry + 2 <= vtableSize else { return nil }
    let offset = Int(try buffer.reader.integer(at: vtable + entry, as: UInt16.self))
    guard offset != 0 else { return nil }
    guard offset >= 4, offset + byteCount <= size else {
      throw FormatError(
        .malformed, "field \(slot) lies at \(offset) in a table of \(size) bytes",
        byteOffset: vtable + entry)
    }
    return position + offset
  }

  func integer<Number: FixedWidthInteger>(_ slot: Int, _ name: String, default value: Number)
    throws -> Number
  {
    try locating(name) {
      guard let location = try location(slot, byteCount: MemoryLayout<Number>.size) else {
        return value
      }
      return try buffer.reader.integer(at: location)
    }
  }

  func float(_ slot: Int, _ name: String, default value: Float) throws -> Float {
    Float(bitPattern: try integer(slot, name, default: value.bitPattern))
  }

  func bool(_ slot: Int, _ name: String, default value: Bool = false) throws -> Bool {
    try integer(slot, name, default: value ? 1 : 0 as UInt8) != 0
  }

  func table(_ slot: Int, _ name: String) throws -> FlatbufferTable? {
    try locating(name) {
      guard let location = try location(slot, byteCount: 4) else { return nil }
      return try FlatbufferTable(buffer, at: buffer.target(at: location))
    }
  }

  func string(_ slot: Int, _ name: String) throws -> String? {
    guard let vector = try vector(slot, name, elementSize: 1) else { return nil }
    return try locating(name) {
      try buffer.reader.string(at: vector.start, count: vector.count, budget: buffer.budget)
    }
  }

  /// The bytes of a vector, where they lie.
  func bytes(_ slot: Int, _ name: String) throws -> Bytes? {
    guard let vector = try vector(slot, name, elementSize: 1) else { return nil }
    return try buffer.reader.slice(at: vector.start, count: vector.count)
  }

  /// A vector whose elements are read one by one; nil where the field is absent.
  func vector(_ slot: Int, _ name: String, elementSize: Int) throws -> FlatbufferVector? {
    try locating(name) {
      guard let location = try location(slot, byteCount: 4) else { return nil }
      return try FlatbufferVector(buffer, at: buffer.target(at: location), elementSize: elementSize)
    }
  }

  /// The numbers of a vector, converted; nil where the field is absent.
  func numbers<Number: FixedWidthInteger>(_ slot: Int, _ name: String, as type: Number.Type)
    throws -> [Int]?
  {
    guard let vector = try vector(slot, name, elementSize: MemoryLayout<Number>.size) else {
      return nil
    }
    return try locating(name) {
      try buffer.budget.chargeArray(of: Int.self, count: vector.count, at: vector.start)
      return try (0..<vector.count).map {
        Int(truncatingIfNeeded: try vector.integer($0) as Number)
      }
    }
  }

  func floats(_ slot: Int, _ name: String) throws -> [Float]? {
    guard let vector = try vector(slot, name, elementSize: 4) else { return nil }
    return try locating(name) {
      try buffer.budget.chargeArray(of: Float.self, count: vector.count, at: vector.start)
      return try (0..<vector.count).map { Float(bitPattern: try vector.integer($0)) }
    }
  }
}

/// A vector of a ``Flatbuffer``, known to lie within the file.
struct FlatbufferVector {
  let buffer: Flatbuffer
  /// Where the first element lies in the file.
  let start: Int
  let count: Int

  init(_ buffer: Flatbuffer, at position: Int, elementSize: Int) throws {
    let count = Int(try buffer.reader.integer(at: position, as: UInt32.self))
    let start = position + 4
    guard count <= (buffer.reader.count - start) / elementSize else {
      throw FormatError(
        .malformed,
        "a vector of \(count) elements reaches over the end of the file",
        byteOffset: position)
    }
    self.buffer = buffer
    self.start = start
    self.count = count
  }

  func integer<Number: FixedWidthInteger>(_ index: Int) throws -> Number {
    try buffer.reader.integer(at: start + index * MemoryLayout<Number>.size)
  }

  /// The table that element `index` of a vector of offsets points at.
  func table(_ index: Int) throws -> FlatbufferTable {
    try FlatbufferTable(buffer, at: buffer.target(at: start + index * 4))
  }

  /// Reads each element of a vector of tables; an error names it as `label` and its number.
  func mapTables<Result>(_ label: String, _ body: (FlatbufferTable) throws -> Result)
    throws -> [Result]
  {
    try buffer.budget.chargeArray(of: Result.self, count: count, at: start)
    return try (0..<count).map { index in
      try locating("\(label) \(index)") { try body(try table(index)) }
    }
  }
}
