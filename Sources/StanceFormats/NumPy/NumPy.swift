import StanceTensors

/// Reads and writes NumPy's `.npy` files: one array each.
public enum NumPy {
  /// Maps the file at `path` into memory and reads it.
  /// - Throws: ``FormatError`` where it is no array, is damaged, or its type has no
  ///   `ElementType`.
  public static func read(contentsOf path: String) throws -> Tensor {
    try read(Bytes(mappingFileAt: path), name: path)
  }

  /// Reads versions 1 to 3, either byte order, C and Fortran order.
  ///
  /// An array in C order and little-endian shares the memory of `bytes`. What follows the array
  /// is ignored, as NumPy does.
  ///
  /// - Parameter name: what errors call the bytes.
  /// - Throws: ``FormatError`` where they are no array, are damaged, or the type has no
  ///   `ElementType`.
  public static func read(_ bytes: Bytes, name: String) throws -> Tensor {
    try naming(file: name) {
      let header = try NumPyHeader(reading: ByteReader(bytes))
      let shape: Shape
      do {
        shape = try Shape(validating: header.dimensions)
      } catch {
        throw FormatError(.malformed, "\(error)", byteOffset: 0, parts: ["shape"])
      }
      let needed = shape.elementCount * header.type.byteCount
      guard bytes.count - header.byteCount >= needed else {
        throw FormatError(
          .malformed,
          "an array of shape \(shape) and type \(header.type.elementType.rawValue) needs "
            + "\(needed) bytes and the file has \(bytes.count - header.byteCount); "
            + "it is truncated or damaged",
          byteOffset: header.byteCount)
      }
      let stored = bytes[header.byteCount..<header.byteCount + needed]
      let ordered = header.isFortranOrder ? rowMajor(stored, shape, header.type) : stored
      return try Tensor(
        shape: shape, elementType: header.type.elementType, bytes: native(ordered, header.type))
    }
  }

  /// The tensor as a file of version 1 (2 where the shape is very long), little-endian, C order.
  /// Its quantisation is not kept.
  /// - Throws: ``FormatError`` where NumPy has no such element type.
  public static func encode(_ tensor: Tensor) throws -> [UInt8] {
    let header = try NumPyHeader.encode(tensor)
    return tensor.bytes.withUnsafeBytes { header + Array($0) }
  }

  /// Writes the tensor to the file at `path`, in place of one that is there.
  /// - Throws: ``FormatError`` where NumPy has no such element type or the file cannot be written.
  public static func write(_ tensor: Tensor, to path: String) throws {
    let header = try naming(file: path) { try NumPyHeader.encode(tensor) }
    try OutputFile.write([Bytes(header), tensor.bytes], to: path)
  }

  /// Column-major elements put into row-major order.
  private static func rowMajor(_ bytes: Bytes, _ shape: Shape, _ type: NumPyType) -> Bytes {
    guard shape.rank > 1, shape.elementCount > 1 else { return bytes }
    let size = type.byteCount
    var distances = [Int](repeating: size, count: shape.rank)
    for axis in 1..<shape.rank { distances[axis] = distances[axis - 1] * shape[axis - 1] }
    var index = [Int](repeating: 0, count: shape.rank)
    return bytes.withUnsafeBytes { source in
      Bytes(byteCount: bytes.count) { target in
        var from = 0
        for element in 0..<shape.elementCount {
          for byte in 0..<size { target[element * size + byte] = source[from + byte] }
          var axis = shape.rank - 1
          while axis >= 0 {
            index[axis] += 1
            from += distances[axis]
            if index[axis] < shape[axis] { break }
            from -= distances[axis] * shape[axis]
            index[axis] = 0
            axis -= 1
          }
        }
      }
    }
  }

  /// Big-endian numbers turned round; truth values made 0 or 1.
  private static func native(_ bytes: Bytes, _ type: NumPyType) -> Bytes {
    let size = type.byteCount
    let isBool = type.elementType == .bool
    guard isBool || (type.isBigEndian && size > 1) else { return bytes }
    return bytes.withUnsafeBytes { source in
      Bytes(byteCount: bytes.count) { target in
        for position in source.indices {
          let last = position - position % size + size - 1
          target[position] =
            isBool ? (source[position] == 0 ? 0 : 1) : source[last - position % size]
        }
      }
    }
  }
}
