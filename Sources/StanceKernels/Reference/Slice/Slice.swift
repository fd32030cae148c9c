import StanceTensors

extension Reference {
  /// SLICE, STRIDED_SLICE: `y[i] = x[start + i * step]` along every dimension.
  ///
  /// - Parameters:
  ///   - dimensions: x's, with further ones of size 1 wherever y gets a new axis.
  ///   - steps: may be negative.
  ///   - counts: y's dimensions, those that y drops (of size 1) among them.
  public static func slice(
    _ x: TensorView, dimensions: [Int], starts: [Int], steps: [Int], counts: [Int],
    into y: MutableTensorView
  ) {
    // A step may be larger than any tensor where but one element is taken.
    let steps = zip(steps, counts).map { $1 > 1 ? $0 : 0 }
    guard y.shape.elementCount > 0 else { return }
    copyBlock(
      of: counts, elementByteCount: x.elementByteCount, from: x.bytes,
      BlockLayout(of: Shape(dimensions), starts: starts, steps: steps), to: y.bytes,
      BlockLayout(of: Shape(counts)))
  }
}
