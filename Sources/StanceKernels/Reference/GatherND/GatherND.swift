import StanceTensors

extension Reference {
  /// GATHER_ND: y `[indices..., rest...]` holds the slices of x `[d1, ..., dK, rest...]` that each
  /// K successive indices name.
  ///
  /// - Throws: ``KernelError`` where an index lies outside of its dimension.
  public static func gatherND(
    _ x: TensorView, indices: [Int], depth: Int, into y: MutableTensorView
  ) throws {
    guard y.shape.elementCount > 0 else { return }
    let strides = x.shape.strides
    let slice = x.shape.dimensions[depth...].reduce(x.elementByteCount, *)
    for position in 0..<y.bytes.count / slice {
      var offset = 0
      for axis in 0..<depth {
        let index = indices[position * depth + axis]
        guard (0..<x.shape[axis]).contains(index) else {
          throw KernelError(
            "index \(index) lies outside of \(x.shape[axis]) elements along axis \(axis)")
        }
        offset += index * strides[axis]
      }
      let from = offset * x.elementByteCount
      copyBytes(from..<from + slice, of: x, to: position * slice, of: y)
    }
  }
}
