import StanceGraph
import StanceTensors

/// One `Tensor` table.
struct TensorDecoder {
  let table: FlatbufferTable
  let buffers: BufferTable
  private var budget: DecodingBudget { table.buffer.budget }

  func value() throws -> Value {
    let shape = try shape()
    let elementType = try ElementType(
      tfLiteCode: table.integer(1, "type", default: 0 as Int8), at: table.position)
    let sparsity = try table.table(6, "sparsity").map { sparsityTable in
      try locating("sparsity") { try SparsityDecoder(sparsityTable, shape: shape).sparsity() }
    }
    let constant = try constant(shape: shape, elementType: elementType, isSparse: sparsity != nil)
    let hasRank = try table.bool(8, "has_rank")
    return Value(
      name: try table.string(3, "name") ?? "", elementType: elementType, shape: shape,
      shapeSignature: try shapeSignature(rank: shape.rank),
      quantization: try table.table(4, "quantization").flatMap { quantizationTable in
        try locating("quantization") { try quantization(quantizationTable, shape: shape) }
      },
      constant: constant, sparsity: constant == nil ? nil : sparsity,
      isVariable: try table.bool(5, "is_variable"),
      // Files from before the flag existed leave it out for scalars too.
      hasRank: hasRank || shape.rank > 0 || constant != nil)
  }

  /// Far more than any operator takes; keeps a damaged file's shapes out of messages.
  private static let maximumRank = 64

  private func shape() throws -> Shape {
    let dimensions = try table.numbers(0, "shape", as: Int32.self) ?? []
    return try locating("shape") {
      guard dimensions.count <= Self.maximumRank else {
        throw malformed("a tensor cannot have \(dimensions.count) dimensions")
      }
      do {
        return try Shape(validating: dimensions)
      } catch {
        throw malformed("\(error)")
      }
    }
  }

  private func shapeSignature(rank: Int) throws -> [Int?]? {
    guard let signature = try table.numbers(7, "shape signature", as: Int32.self),
      signature.contains(where: { $0 < 0 })
    else { return nil }
    return try locating("shape signature") {
      guard signature.count == rank, signature.allSatisfy({ $0 >= -1 }) else {
        throw malformed("\(signature.prefix(8)) does not fit a tensor of rank \(rank)")
      }
      try budget.chargeArray(of: Int?.self, count: rank)
      return signature.map { $0 < 0 ? nil : $0 }
    }
  }

  private func constant(shape: Shape, elementType: ElementType, isSparse: Bool) throws -> Bytes? {
    guard try table.integer(10, "external buffer", default: 0 as UInt32) == 0 else {
      throw FormatError(
        .unsupported, "the tensor's elements lie in another file, which is not supported",
        byteOffset: table.position, parts: ["external buffer"])
    }
    let index = Int(try table.integer(2, "buffer", default: 0 as UInt32))
    let bytes = try buffers.bytes(index, at: table.position)
    // Converters give computed tensors an empty buffer of their own.
    guard let bytes, !bytes.isEmpty else {
      return index != 0 && shape.elementCount == 0 && !isSparse ? Bytes([]) : nil
    }
    return try locating("buffer \(index)") {
      if isSparse {
        guard let size = elementType.byteCount, bytes.count % size == 0 else {
          throw malformed("\(bytes.count) bytes are no whole elements of \(elementType.rawValue)")
        }
        return bytes
      }
      let needed: Int
      switch elementType {
      case .string, .resource, .variant: return bytes
      case .int4: needed = (shape.elementCount + 1) / 2
      default: needed = shape.elementCount * (elementType.byteCount ?? 1)
      }
      guard bytes.count >= needed else {
        throw malformed(
          "a constant of shape \(shape) and type \(elementType.rawValue) needs \(needed) bytes "
            + "and has \(bytes.count)")
      }
      if elementType == .bool { try requireTruthValues(bytes[0..<needed]) }
      return bytes[0..<needed]
    }
  }

  private func requireTruthValues(_ bytes: Bytes) throws {
    // Looked through once for each tensor that refers to them, so the time is charged.
    try budget.charge(bytes.count, at: table.position)
    guard bytes.withUnsafeBytes({ $0.allSatisfy { $0 <= 1 } }) else {
      throw malformed("a bool is neither 0 nor 1")
    }
  }

  func malformed(_ reason: String) -> FormatError {
    FormatError(.malformed, reason, byteOffset: table.position)
  }
}

extension TensorDecoder {
  /// nil where there are no scales: older files hold only the range of values seen in training.
  func quantization(_ parameters: FlatbufferTable, shape: Shape) throws -> Quantization? {
    // Block-wise and custom schemes replace scales and zero points.
    guard try parameters.integer(4, "details", default: 0 as UInt8) == 0,
      let scales = try parameters.floats(2, "scale"), !scales.isEmpty
    else { return nil }
    let zeroPoints = try self.zeroPoints(parameters, count: scales.count)
    guard scales.count > 1 else {
      return Quantization(scales: scales, zeroPoints: zeroPoints, axis: 0)
    }
    let axis = Int(try parameters.integer(6, "axis", default: 0 as Int32))
    guard shape.indices.contains(axis), shape[axis] == scales.count else {
      throw FormatError(
        .malformed, "\(scales.count) scales along axis \(axis) do not fit the shape \(shape)",
        byteOffset: parameters.position)
    }
    return Quantization(scales: scales, zeroPoints: zeroPoints, axis: axis)
  }

  private func zeroPoints(_ parameters: FlatbufferTable, count: Int) throws -> [Int] {
    var zeroPoints = try parameters.numbers(3, "zero point", as: Int64.self) ?? []
    if zeroPoints.count < count, zeroPoints.count <= 1 {
      try budget.chargeArray(of: Int.self, count: count)
      zeroPoints = Array(repeating: zeroPoints.first ?? 0, count: count)
    }
    guard zeroPoints.count == count else {
      throw FormatError(
        .malformed, "\(count) scales have \(zeroPoints.count) zero points",
        byteOffset: parameters.position)
    }
    if let excessive = zeroPoints.first(where: { Int32(exactly: $0) == nil }) {
      throw FormatError(
        .malformed, "the zero point \(excessive) does not fit 32 bits",
        byteOffset: parameters.position)
    }
    return zeroPoints
  }
}

extension ElementType {
  /// The type that the schema's `TensorType` numbers `code`.
  init(tfLiteCode code: Int8, at byteOffset: Int) throws {
    let types: [ElementType] = [
      .float32, .float16, .int32, .uint8, .int64, .string, .bool, .int16, .complex64, .int8,
      .float64, .complex128, .uint64, .resource, .variant, .uint32, .uint16, .int4, .bfloat16,
    ]
    guard types.indices.contains(Int(code)) else {
      let later = [19: "INT2", 20: "UINT4", 21: "FLOAT8_E4M3FN", 22: "FLOAT8_E5M2"]
      let name = later[Int(code)]
      throw FormatError(
        name == nil ? .malformed : .unsupported,
        name.map { "elements of type \($0) are not supported" }
          ?? "there is no element type \(code)",
        byteOffset: byteOffset, parts: ["type"])
    }
    self = types[Int(code)]
  }
}
