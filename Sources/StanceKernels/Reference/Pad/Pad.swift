import StanceTensors

extension Reference {
  /// PAD, PADV2: x with `element` around it.
  ///
  /// - Parameters:
  ///   - before: how many elements come before x along each dimension; as many more follow as
  ///     y's shape leaves room for.
  ///   - element: the bytes of one element.
  public static func pad(
    _ x: TensorView, before: [Int], with element: UnsafeRawBufferPointer,
    into y: MutableTensorView
  ) {
    fill(y, with: element)
    copyBlock(
      of: x.shape.dimensions, elementByteCount: x.elementByteCount, from: x.bytes,
      BlockLayout(of: x.shape), to: y.bytes, BlockLayout(of: y.shape, starts: before))
  }
}
