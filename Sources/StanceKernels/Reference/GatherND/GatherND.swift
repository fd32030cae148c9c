import StanceTensors

extension Reference {
  /// GATHER_ND: y `[indices..., rest...]` holds the slices of x `[d1, ..., dK, rest...]` that each
  /// K successive indices name.
  ///
  /// - Throws: ``KernelError`` where an index lies outside of its dimension.
  public static func gatherND(
    _ x: TensorView, indices: [Int], depth: Int, into y: MutableTensorView
  ) throws {
    try indices.withUnsafeBufferPointer {
      try GatherND(x.shape, depth: depth, x.elementType)?.run(x, $0, into: y)
    }
  }

  /// ``gatherND(_:indices:depth:into:)`` of tensors of known shapes: allocates nothing while it runs.
  public struct GatherND {
    private let dimensions: [Int]
    private let strides: [Int]
    private let sliceByteCount: Int
    private let elementByteCount: Int

    /// - Parameter depth: K.
    /// - Returns: nil where x has less dimensions, or elements without a size.
    public init?(_ x: Shape, depth: Int, _ elementType: ElementType) {
      guard (0...x.rank).contains(depth), let size = elementType.byteCount else { return nil }
      dimensions = Array(x.dimensions[..<depth])
      strides = Array(x.strides[..<depth])
      elementByteCount = size
      sliceByteCount = x.dimensions[depth...].reduce(size, *)
    }

    /// - Throws: ``KernelError`` where an index lies outside of its dimension.
    public func run<Index: BinaryInteger>(
      _ x: TensorView, _ indices: UnsafeBufferPointer<Index>, into y: MutableTensorView
    ) throws {
      guard !y.bytes.isEmpty else { return }
      let depth = dimensions.count
      for position in 0..<y.bytes.count / sliceByteCount {
        var offset = 0
        for axis in 0..<depth {
          let index = Int(indices[position * depth + axis])
          guard (0..<dimensions[axis]).contains(index) else {
            throw KernelError(
              "index \(index) lies outside of \(dimensions[axis]) elements along axis \(axis)")
          }
          offset += index * strides[axis]
        }
        let from = offset * elementByteCount
        copyBytes(from..<from + sliceByteCount, of: x, to: position * sliceByteCount, of: y)
      }
    }
  }
}
