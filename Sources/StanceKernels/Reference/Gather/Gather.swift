import StanceTensors

extension Reference {
  /// GATHER: y `[batch..., before..., indices..., after...]` holds slices of
  /// x `[batch..., before..., axis, after...]`.
  ///
  /// - Parameters:
  ///   - indices: one for each slice, row-major in indices' shape.
  ///   - batchDimensions: how many leading dimensions x and indices share.
  /// - Throws: ``KernelError`` where an index lies outside of the axis.
  public static func gather(
    _ x: TensorView, indices: [Int], axis: Int, batchDimensions: Int, into y: MutableTensorView
  ) throws {
    let size = x.shape[axis]
    if let outside = indices.first(where: { !(0..<size).contains($0) }) {
      throw KernelError("index \(outside) lies outside of \(size) elements along axis \(axis)")
    }
    guard y.shape.elementCount > 0 else { return }
    let dimensions = x.shape.dimensions
    let batch = dimensions[..<batchDimensions].reduce(1, *)
    let outer = dimensions[batchDimensions..<axis].reduce(1, *)
    let slice = dimensions[(axis + 1)...].reduce(x.elementByteCount, *)
    let perBatch = indices.count / batch
    for b in 0..<batch {
      for o in 0..<outer {
        for i in 0..<perBatch {
          let from = ((b * outer + o) * size + indices[b * perBatch + i]) * slice
          let to = ((b * outer + o) * perBatch + i) * slice
          copyBytes(from..<from + slice, of: x, to: to, of: y)
        }
      }
    }
  }

  static func copyBytes(
    _ range: Range<Int>, of x: TensorView, to offset: Int, of y: MutableTensorView
  ) {
    let source = UnsafeRawBufferPointer(rebasing: x.bytes[range])
    UnsafeMutableRawBufferPointer(rebasing: y.bytes[offset..<offset + range.count])
      .copyMemory(from: source)
  }
}
