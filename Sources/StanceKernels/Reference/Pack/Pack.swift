import StanceTensors

extension Reference {
  /// PACK: the inputs, all of one shape, side by side along a new dimension `axis` of y.
  public static func pack(_ inputs: [TensorView], axis: Int, into y: MutableTensorView) {
    let (counts, step, strides) = slice(of: y.shape, axis: axis)
    for (index, x) in inputs.enumerated() {
      copyBlock(
        of: counts, elementByteCount: x.elementByteCount, from: x.bytes, BlockLayout(of: x.shape),
        to: y.bytes, BlockLayout(offset: index * step, strides: strides))
    }
  }

  /// UNPACK: x taken apart along dimension `axis`, which the parts lack.
  public static func unpack(_ x: TensorView, axis: Int, into parts: [MutableTensorView]) {
    let (counts, step, strides) = slice(of: x.shape, axis: axis)
    for (index, part) in parts.enumerated() {
      copyBlock(
        of: counts, elementByteCount: x.elementByteCount, from: x.bytes,
        BlockLayout(offset: index * step, strides: strides), to: part.bytes,
        BlockLayout(of: part.shape))
    }
  }

  /// What one index along `axis` leaves: its dimensions, the step to the next, and its strides.
  private static func slice(
    of shape: Shape, axis: Int
  ) -> (counts: [Int], step: Int, strides: [Int]) {
    var (counts, strides) = (shape.dimensions, shape.strides)
    counts.remove(at: axis)
    return (counts, strides.remove(at: axis), strides)
  }
}
