import StanceTensors

/// The positions of a sparse tensor's stored values, in the order in which they are stored.
struct SparseTraversal {
  private enum Kind {
    case dense
    case compressed(segments: [Int], indices: [Int])
  }

  private struct Level {
    var kind: Kind
    /// The number of indices that this level can have.
    var count: Int
    /// How far apart two neighbouring indices lie in the dense tensor, in elements.
    var step: Int
  }

  /// Levels are visited by recursion, so that a file must not choose its depth freely.
  private static let mostLevels = 32

  private let levels: [Level]

  /// - Precondition: `shape` has elements.
  /// - Throws: ``KernelError`` where levels, traversal order and block map do not describe `shape`.
  init(_ sparsity: Sparsity, shape: Shape) throws {
    let (order, blockMap) = (sparsity.traversalOrder, sparsity.blockMap)
    guard order.count == shape.rank + blockMap.count, sparsity.levels.count == order.count,
      order.count <= Self.mostLevels, order.sorted() == Array(0..<order.count)
    else { throw Self.invalid("its traversal order does not visit each dimension once") }
    guard blockMap.allSatisfy({ (0..<shape.rank).contains($0) }),
      Set(blockMap).count == blockMap.count
    else { throw Self.invalid("its blocks divide dimensions that the tensor does not have") }

    // Dimensions 0..<rank count blocks where there are such, the others count within a block.
    let strides = shape.strides
    var counts = shape.dimensions
    var steps = strides
    for (block, dimension) in blockMap.enumerated() {
      guard let position = order.firstIndex(of: shape.rank + block),
        case .dense(let size) = sparsity.levels[position], size > 0,
        shape[dimension].isMultiple(of: size)
      else { throw Self.invalid("its blocks do not divide the shape \(shape) evenly") }
      counts[dimension] /= size
      steps[dimension] *= size
      counts.append(size)
      steps.append(strides[dimension])
    }
    levels = try zip(order, sparsity.levels).map { dimension, level in
      try Self.level(level, count: counts[dimension], step: steps[dimension])
    }
  }

  private static func level(_ level: Sparsity.Level, count: Int, step: Int) throws -> Level {
    switch level {
    case .dense(let size):
      guard size == count else {
        throw invalid("a level has \(size) indices where its dimension has \(count)")
      }
      return Level(kind: .dense, count: count, step: step)
    case .compressed(let segments, let indices):
      let indices = indices.elements
      guard indices.allSatisfy({ (0..<count).contains($0) }) else {
        throw invalid("a level's indices lie outside of its dimension of \(count)")
      }
      // Rows that follow one another keep the number of visits within that of the indices.
      let segments = segments.elements
      guard segments.first == 0, segments.last == indices.count,
        zip(segments, segments.dropFirst()).allSatisfy({ $0 <= $1 })
      else { throw invalid("a level's rows do not share out its \(indices.count) indices") }
      return Level(
        kind: .compressed(segments: segments, indices: indices), count: count, step: step)
    }
  }

  /// Calls `body` with the place in the dense tensor of each stored value.
  func forEachStored(_ body: (Int) throws -> Void) throws {
    try visit(level: 0, row: 0, position: 0, body)
  }

  private func visit(
    level index: Int, row: Int, position: Int, _ body: (Int) throws -> Void
  ) throws {
    guard index < levels.count else { return try body(position) }
    let level = levels[index]
    let isLast = index + 1 == levels.count
    switch level.kind {
    case .dense:
      for number in 0..<level.count {
        try visit(
          level: index + 1, row: row &* level.count &+ number,
          position: position + number * level.step, body)
      }
    case .compressed(let segments, let indices):
      guard (0..<segments.count - 1).contains(row) else {
        throw Self.invalid("a level has no segment for row \(row)")
      }
      if isLast {
        for index in indices[segments[row]..<segments[row + 1]] {
          try body(position + index * level.step)
        }
        return
      }
      for place in segments[row]..<segments[row + 1] {
        try visit(
          level: index + 1, row: place, position: position + indices[place] * level.step, body)
      }
    }
  }

  private static func invalid(_ reason: String) -> KernelError {
    KernelError("the sparsity of a constant is damaged: \(reason)")
  }
}
