import StanceTensors

extension Reference {
  /// SPACE_TO_BATCH_ND: x `[N, S1, S2, ..., C]`, padded, y `[N * b1 * b2 ..., S1 / b1, ..., C]`.
  ///
  /// Index `(s * N) + n` of y's batch holds the elements of picture n whose position in their
  /// block is s, counted row-major.
  ///
  /// - Parameters:
  ///   - blocks: the block size along each dimension after the batch.
  ///   - before: how many elements of padding come first along each of them.
  ///   - padding: the bytes of one element.
  public static func spaceToBatch(
    _ x: TensorView, blocks: [Int], before: [Int], padding: UnsafeRawBufferPointer,
    into y: MutableTensorView
  ) {
    fill(y, with: padding)
    forEachPosition(space: x.shape, batch: y.shape, blocks: blocks, before: before) {
      copyBlock(
        of: $0, elementByteCount: x.elementByteCount, from: x.bytes, $1, to: y.bytes, $2)
    }
  }

  /// BATCH_TO_SPACE_ND: the reverse of ``spaceToBatch(_:blocks:before:padding:into:)``, which drops
  /// what lies outside of y.
  ///
  /// - Parameter before: how many elements are dropped first along each dimension.
  public static func batchToSpace(
    _ x: TensorView, blocks: [Int], before: [Int], into y: MutableTensorView
  ) {
    forEachPosition(space: y.shape, batch: x.shape, blocks: blocks, before: before) {
      copyBlock(
        of: $0, elementByteCount: x.elementByteCount, from: x.bytes, $2, to: y.bytes, $1)
    }
  }

  /// Calls `body` for each position in a block with the elements there that lie in the space:
  /// their counts, and where they lie in the space and in the batch.
  private static func forEachPosition(
    space: Shape, batch: Shape, blocks: [Int], before: [Int],
    _ body: (_ counts: [Int], _ space: BlockLayout, _ batch: BlockLayout) -> Void
  ) {
    guard space.elementCount > 0, batch.elementCount > 0 else { return }
    for position in 0..<blocks.reduce(1, *) {
      var counts = space.dimensions
      var spaceStarts = [Int](repeating: 0, count: space.rank)
      var batchStarts = spaceStarts
      var steps = [Int](repeating: 1, count: space.rank)
      batchStarts[0] = position * space[0]
      var rest = position
      for index in blocks.indices.reversed() {
        let (axis, block) = (index + 1, blocks[index])
        let shift = rest % block - before[index]
        rest /= block
        // The first and last index along the batch's axis that falls into the space.
        let first = shift < 0 ? (block - 1 - shift) / block : 0
        let last = min(batch[axis] - 1, (space[axis] - 1 - shift).flooredQuotient(by: block))
        counts[axis] = max(last - first + 1, 0)
        spaceStarts[axis] = first * block + shift
        batchStarts[axis] = first
        // A block may be larger than the space where but one element is taken.
        steps[axis] = counts[axis] > 1 ? block : 0
      }
      guard counts.allSatisfy({ $0 > 0 }) else { continue }
      body(
        counts, BlockLayout(of: space, starts: spaceStarts, steps: steps),
        BlockLayout(of: batch, starts: batchStarts))
    }
  }
}

extension Int {
  fileprivate func flooredQuotient(by divisor: Int) -> Int {
    self < 0 ? -((divisor - 1 - self) / divisor) : self / divisor
  }
}
