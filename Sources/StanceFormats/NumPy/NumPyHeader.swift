import StanceTensors

/// An element type as NumPy writes it, for instance `<f4`.
struct NumPyType {
  let elementType: ElementType
  let isBigEndian: Bool
  let byteCount: Int

  private static let codes: [(code: String, elementType: ElementType)] = [
    ("f2", .float16), ("f4", .float32), ("f8", .float64),
    ("i1", .int8), ("i2", .int16), ("i4", .int32), ("i8", .int64),
    ("u1", .uint8), ("u2", .uint16), ("u4", .uint32), ("u8", .uint64),
    ("b1", .bool), ("c8", .complex64), ("c16", .complex128),
  ]

  init(_ text: String) throws {
    let order = text.first ?? " "
    let isOrder = "<>|=".contains(order)
    let code = isOrder ? String(text.dropFirst()) : text
    guard let entry = Self.codes.first(where: { $0.code == code }),
      let byteCount = entry.elementType.byteCount,
      // Complex numbers are pairs, which turn round one by one; nobody writes them so.
      !(code.hasPrefix("c") && order == ">")
    else {
      throw FormatError(
        .unsupported,
        "arrays of type '\(text.excerpt)' are not supported; "
          + "convert with astype to float32 or a plain integer type",
        parts: ["descr"])
    }
    elementType = entry.elementType
    isBigEndian = order == ">"
    self.byteCount = byteCount
  }

  /// How NumPy writes a little-endian type; nil where it has none.
  static func text(of elementType: ElementType) -> String? {
    codes.first { $0.elementType == elementType }
      .map { (elementType.byteCount == 1 ? "|" : "<") + $0.code }
  }
}

/// What stands before the elements: magic, version, and a Python dictionary as text.
struct NumPyHeader {
  let type: NumPyType
  let isFortranOrder: Bool
  let dimensions: [Int]
  /// Where the elements begin.
  let byteCount: Int

  private static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)
  /// NumPy itself refuses longer ones.
  private static let longestText = 64 << 10

  init(reading reader: ByteReader) throws {
    let isArray = reader.bytes.withUnsafeBytes { $0.starts(with: Self.magic) }
    guard isArray else {
      let words =
        switch ModelFormat.detect(reader.bytes) {
        case .tfLite: "a TensorFlow Lite model"
        case .other(let words): words
        }
      throw FormatError(.unknownFormat, "this is \(words); a NumPy array (.npy) is needed")
    }
    let version = try reader.integer(at: 6, as: UInt8.self)
    guard (1...3).contains(version) else {
      throw FormatError(
        .unsupported, "version \(version) of the format is not supported; 1 to 3 are",
        byteOffset: 6)
    }
    let start = version == 1 ? 10 : 12
    let length =
      version == 1
      ? Int(try reader.integer(at: 8, as: UInt16.self))
      : Int(try reader.integer(at: 8, as: UInt32.self))
    guard length <= Self.longestText else {
      throw FormatError(
        .malformed, "a header of \(length) bytes is too long", byteOffset: 8, parts: ["header"])
    }
    let text = try reader.slice(at: start, count: length).withUnsafeBytes { Array($0) }
    var parser = NumPyHeaderParser(text: text, byteOffset: start)
    let entries = try locating("header") { try parser.dictionary() }
    guard case .text(let code) = entries["descr"],
      case .flag(let isFortran) = entries["fortran_order"],
      case .numbers(let dimensions) = entries["shape"]
    else {
      throw FormatError(
        .unsupported,
        "descr, fortran_order and shape must be a type, a truth value and a tuple; "
          + "structured arrays are not supported",
        byteOffset: start, parts: ["header"])
    }
    type = try NumPyType(code)
    isFortranOrder = isFortran
    self.dimensions = dimensions
    byteCount = start + length
  }

  /// The bytes before the elements, a multiple of 64 so that the elements can be mapped.
  static func encode(_ tensor: Tensor) throws -> [UInt8] {
    guard let type = NumPyType.text(of: tensor.elementType) else {
      throw FormatError(
        .unsupported, "NumPy has no element type \(tensor.elementType.rawValue)")
    }
    let list = tensor.shape.dimensions.map { "\($0)" }.joined(separator: ", ")
    let tuple = tensor.shape.rank == 1 ? "(\(list),)" : "(\(list))"
    let text = Array("{'descr': '\(type)', 'fortran_order': False, 'shape': \(tuple), }".utf8)
    let isLong = text.count > 65_000
    let prefix = isLong ? 12 : 10
    let padding = 63 - (prefix + text.count) % 64
    let length = text.count + padding + 1
    let lengthBytes = (0..<(isLong ? 4 : 2)).map { UInt8(truncatingIfNeeded: length >> ($0 * 8)) }
    return magic + [isLong ? 2 : 1, 0] + lengthBytes + text
      + [UInt8](repeating: UInt8(ascii: " "), count: padding) + [UInt8(ascii: "\n")]
  }
}
