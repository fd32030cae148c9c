import StanceTensors

extension Reference {
  /// DENSIFY: lays the stored values of a sparse constant out as a dense tensor, zeros between.
  ///
  /// `int8`, `float16`, `float32`; the stored order is that of TensorFlow Lite's traversal.
  /// - Throws: ``KernelError`` where the description of the sparsity contradicts itself or the
  ///   number of stored values.
  public static func densify(_ x: TensorView, into result: MutableTensorView) throws {
    guard x.elementType == result.elementType, x.shape == result.shape,
      let size = x.elementType.byteCount,
      result.bytes.count == result.shape.elementCount * size
    else { throw KernelError("a sparse operand and its dense result differ in type or shape") }
    guard let sparsity = x.sparsity else {
      guard x.bytes.count == result.bytes.count else {
        throw KernelError("an operand of shape \(x.shape) holds \(x.bytes.count) bytes")
      }
      return result.bytes.copyMemory(from: x.bytes)
    }
    result.bytes.initializeMemory(as: UInt8.self, repeating: 0)
    guard result.shape.elementCount > 0 else { return }
    switch size {
    case 1: try densify(x, sparsity, UInt8.self, into: result)
    case 2: try densify(x, sparsity, UInt16.self, into: result)
    case 4: try densify(x, sparsity, UInt32.self, into: result)
    default: throw KernelError("there is no kernel for sparse \(x.elementType.rawValue)")
    }
  }

  private static func densify<Bits: TensorElement>(
    _ x: TensorView, _ sparsity: Sparsity, _ type: Bits.Type, into result: MutableTensorView
  ) throws {
    guard x.bytes.count % MemoryLayout<Bits>.stride == 0 else {
      throw KernelError("the stored values are cut off within one")
    }
    let source = x.bytes.bindMemory(to: type)
    let target = result.bytes.bindMemory(to: type)
    let traversal = try SparseTraversal(sparsity, shape: x.shape)
    var next = 0
    try traversal.forEachStored { position in
      guard next < source.count else {
        throw KernelError(
          "the sparsity names more values than the \(source.count) that are stored")
      }
      target[position] = source[next]
      next += 1
    }
    guard next == source.count else {
      throw KernelError("\(source.count) values are stored where the sparsity names \(next)")
    }
  }
}
