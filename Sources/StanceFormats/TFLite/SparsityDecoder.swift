import StanceTensors

/// The `SparsityParameters` of a tensor.
///
/// What comes out has one level a dimension or block dimension, in an order that visits each once,
/// dense levels of the sizes that the shape gives, and compressed levels with segments. The
/// content of segments and indices is left to whoever reads the elements.
struct SparsityDecoder {
  let table: FlatbufferTable
  let shape: Shape

  init(_ table: FlatbufferTable, shape: Shape) {
    self.table = table
    self.shape = shape
  }

  func sparsity() throws -> Sparsity {
    let order = try table.numbers(0, "traversal order", as: Int32.self) ?? []
    let blockMap = try table.numbers(1, "block map", as: Int32.self) ?? []
    let levels =
      try table.vector(2, "levels", elementSize: 4)?
      .mapTables("level") { level in try self.level(level) } ?? []
    let rank = shape.rank
    guard order.count == rank + blockMap.count, levels.count == order.count else {
      throw malformed(
        "\(levels.count) levels in an order of \(order.count) with \(blockMap.count) blocks "
          + "do not fit the shape \(shape)")
    }
    try table.buffer.budget.chargeArray(of: Bool.self, count: order.count)
    var isVisited = [Bool](repeating: false, count: order.count)
    for (position, dimension) in order.enumerated() {
      let isBlock = position >= rank
      guard isVisited.indices.contains(dimension), !isVisited[dimension],
        (dimension >= rank) == isBlock
      else { throw malformed("the traversal order \(order.prefix(16)) is no permutation") }
      isVisited[dimension] = true
    }
    try requireSizes(order: order, blockMap: blockMap, levels: levels)
    return Sparsity(traversalOrder: order, blockMap: blockMap, levels: levels)
  }

  private func requireSizes(order: [Int], blockMap: [Int], levels: [Sparsity.Level]) throws {
    let rank = shape.rank
    try table.buffer.budget.chargeArray(of: Int.self, count: rank)
    var sizes = shape.dimensions
    for position in rank..<levels.count {
      let dimension = blockMap[order[position] - rank]
      guard case .dense(let size) = levels[position], shape.indices.contains(dimension), size > 0,
        sizes[dimension] % size == 0
      else {
        throw malformed("block \(position - rank) does not divide the shape \(shape)")
      }
      sizes[dimension] /= size
    }
    for position in 0..<rank {
      guard case .dense(let size) = levels[position] else { continue }
      guard size == sizes[order[position]] else {
        throw malformed(
          "level \(position) has size \(size) where the shape \(shape) gives "
            + "\(sizes[order[position]])")
      }
    }
  }

  private func level(_ level: FlatbufferTable) throws -> Sparsity.Level {
    let format = try level.integer(0, "format", default: 0 as Int8)
    switch format {
    case 0:
      let size = Int(try level.integer(1, "dense size", default: 0 as Int32))
      guard size >= 0 else {
        throw FormatError(
          .malformed, "the size \(size) is negative", byteOffset: level.position)
      }
      return .dense(size: size)
    case 1:
      let segments = try indexVector(level, 2, "segments")
      let indices = try indexVector(level, 4, "indices")
      guard segments.count > 0 else {
        throw FormatError(
          .malformed, "a compressed level has no segments", byteOffset: level.position)
      }
      return .compressed(segments: segments, indices: indices)
    default:
      throw FormatError(
        .malformed, "there is no level format \(format)", byteOffset: level.position)
    }
  }

  /// A union of three tables which each hold one vector.
  private func indexVector(_ level: FlatbufferTable, _ slot: Int, _ name: String) throws
    -> IndexVector
  {
    try locating(name) {
      let kind = try level.integer(slot, "type", default: 0 as UInt8)
      let types: [UInt8: ElementType] = [1: .int32, 2: .uint16, 3: .uint8]
      guard let type = types[kind], let size = type.byteCount,
        let holder = try level.table(slot + 1, "vector")
      else {
        throw FormatError(
          .malformed, "there is no index vector of type \(kind)", byteOffset: level.position)
      }
      guard let vector = try holder.vector(0, "values", elementSize: size) else {
        return IndexVector(elementType: type, bytes: Bytes([]))
      }
      return IndexVector(
        elementType: type,
        bytes: try level.buffer.reader.slice(at: vector.start, count: vector.count * size))
    }
  }

  private func malformed(_ reason: String) -> FormatError {
    FormatError(.malformed, reason, byteOffset: table.position)
  }
}
