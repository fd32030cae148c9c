import StanceTensors

extension Reference {
  /// MIRROR_PAD: x with its own elements around it, read backwards from the border.
  ///
  /// - Parameters:
  ///   - before: how many elements come before x along each dimension.
  ///   - repeatsBorder: whether the border element itself is repeated.
  public static func mirrorPad(
    _ x: TensorView, before: [Int], repeatsBorder: Bool, into y: MutableTensorView
  ) {
    guard y.shape.elementCount > 0 else { return }
    let skipped = repeatsBorder ? 0 : 1
    // Where x holds what each index of y along each dimension shows, in x's own elements.
    let offsets = y.shape.indices.map { axis in
      let (size, stride) = (x.shape[axis], x.shape.strides[axis])
      return (0..<y.shape[axis]).map { index in
        let position = index - before[axis]
        if position < 0 { return (skipped - 1 - position) * stride }
        if position >= size { return (2 * size - 1 - skipped - position) * stride }
        return position * stride
      }
    }
    let size = x.elementByteCount
    let rowLength = y.shape.last ?? 1
    for row in 0..<y.shape.elementCount / rowLength {
      var rest = row
      var start = 0
      for axis in y.shape.indices.dropLast().reversed() {
        start += offsets[axis][rest % y.shape[axis]]
        rest /= y.shape[axis]
      }
      for column in 0..<rowLength {
        let from = start + (offsets.last?[column] ?? 0)
        let to = row * rowLength + column
        for byte in 0..<size { y.bytes[to * size + byte] = x.bytes[from * size + byte] }
      }
    }
  }
}
