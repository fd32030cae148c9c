/// How the stored values of a sparse constant lie in the dense tensor, as TensorFlow Lite has it.
///
/// The first ``Shape/rank`` levels are the tensor's dimensions (or, with blocks,
/// its blocks), further levels lie inside blocks. Levels are visited in ``traversalOrder``.
public struct Sparsity: Hashable, Sendable {
  /// For each level the dimension that it visits; the blocks' inner dimensions count on from the
  /// rank.
  public var traversalOrder: [Int]
  /// For each block dimension, the tensor dimension that it divides.
  public var blockMap: [Int]
  /// In the order in which they are visited.
  public var levels: [Level]

  public init(traversalOrder: [Int], blockMap: [Int], levels: [Level]) {
    self.traversalOrder = traversalOrder
    self.blockMap = blockMap
    self.levels = levels
  }

  /// Which indices of one dimension are stored.
  public enum Level: Hashable, Sendable {
    /// Every index from 0 to `size - 1` is stored.
    case dense(size: Int)
    /// Row `r` stores the indices `indices[segments[r]..<segments[r + 1]]`.
    case compressed(segments: IndexVector, indices: IndexVector)
  }
}

/// Whole numbers in the narrowest type that the file chose, left where they lie.
public struct IndexVector: Hashable, Sendable {
  /// `uint8`, `uint16` or `int32`.
  public let elementType: ElementType
  /// The numbers as the file has them.
  public let bytes: Bytes

  /// - Precondition: `elementType` is `uint8`, `uint16` or `int32`, and `bytes` holds whole elements.
  public init(elementType: ElementType, bytes: Bytes) {
    precondition([.uint8, .uint16, .int32].contains(elementType))
    precondition(bytes.count % elementType.byteCount! == 0)
    self.elementType = elementType
    self.bytes = bytes
  }

  /// How many numbers there are.
  public var count: Int { bytes.count / elementType.byteCount! }

  /// The numbers; a negative one is possible in a damaged file.
  public var elements: [Int] {
    bytes.withUnsafeBytes { raw in
      switch elementType {
      case .uint8: raw.map(Int.init)
      case .uint16:
        (0..<count).map { Int(raw.loadUnaligned(fromByteOffset: $0 * 2, as: UInt16.self)) }
      default:
        (0..<count).map { Int(raw.loadUnaligned(fromByteOffset: $0 * 4, as: Int32.self)) }
      }
    }
  }
}
