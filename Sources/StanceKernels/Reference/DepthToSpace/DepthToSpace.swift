import StanceTensors

extension Reference {
  /// DEPTH_TO_SPACE: x `[N, H, W, b * b * C]`, y `[N, H * b, W * b, C]`, the channels in the order
  /// row in the block, column in the block, channel.
  public static func depthToSpace(_ x: TensorView, block: Int, into y: MutableTensorView) {
    guard y.shape.elementCount > 0 else { return }
    let pair = BlockPair(deep: x.shape, wide: y.shape, block: block)
    copyBlock(
      of: pair.counts, elementByteCount: x.elementByteCount, from: x.bytes, pair.deepLayout,
      to: y.bytes, pair.wideLayout)
  }

  /// SPACE_TO_DEPTH: x `[N, H * b, W * b, C]`, y `[N, H, W, b * b * C]`, the reverse of
  /// ``depthToSpace(_:block:into:)``.
  public static func spaceToDepth(_ x: TensorView, block: Int, into y: MutableTensorView) {
    guard y.shape.elementCount > 0 else { return }
    let pair = BlockPair(deep: y.shape, wide: x.shape, block: block)
    copyBlock(
      of: pair.counts, elementByteCount: x.elementByteCount, from: x.bytes, pair.wideLayout,
      to: y.bytes, pair.deepLayout)
  }
}

/// The two sides of a block rearrangement, by the indices n, h, row, w, column, c.
private struct BlockPair {
  let counts: [Int]
  let deepLayout: BlockLayout
  let wideLayout: BlockLayout

  init(deep: Shape, wide: Shape, block: Int) {
    let channels = wide[3]
    counts = [deep[0], deep[1], block, deep[2], block, channels]
    wideLayout = BlockLayout(of: Shape(counts))
    let (n, h, w) = (deep.strides[0], deep.strides[1], deep.strides[2])
    deepLayout = BlockLayout(strides: [n, h, block * channels, w, channels, 1])
  }
}
