import StanceTensors

extension Reference {
  /// SPLIT, SPLIT_V: the parts of x one behind the other along `axis`.
  public static func split(_ x: TensorView, axis: Int, into parts: [MutableTensorView]) {
    var starts = [Int](repeating: 0, count: x.shape.rank)
    for part in parts {
      copyBlock(
        of: part.shape.dimensions, elementByteCount: x.elementByteCount, from: x.bytes,
        BlockLayout(of: x.shape, starts: starts), to: part.bytes, BlockLayout(of: part.shape))
      starts[axis] += part.shape[axis]
    }
  }
}
