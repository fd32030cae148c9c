import StanceTensors

extension Reference {
  /// TRANSPOSE: dimension `k` of y is dimension `axes[k]` of x.
  public static func transpose(_ x: TensorView, axes: [Int], into y: MutableTensorView) {
    let strides = x.shape.strides
    copyBlock(
      of: y.shape.dimensions, elementByteCount: x.elementByteCount, from: x.bytes,
      BlockLayout(strides: axes.map { strides[$0] }), to: y.bytes, BlockLayout(of: y.shape))
  }
}
