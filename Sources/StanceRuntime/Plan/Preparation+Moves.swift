import StanceGraph
import StanceKernels
import StanceTensors

extension PreparationNode {
  private static let mostElements = 1 << 20

  /// An operator that does nothing but move elements: the plain kernel moves their numbers instead,
  /// once, and so says where each of them goes.
  /// - Parameter moved: the positions of the operands that are moved; the others must be constant.
  func selectMoves(of moved: [Int]) throws -> Selection? {
    guard let size = output.elementType.byteCount, let executor = operation.executor,
      operands.indices.allSatisfy({ moved.contains($0) || constant($0) != nil })
    else { return nil }
    let counts = moved.map { operand($0)?.shape.elementCount ?? 0 }
    guard counts.reduce(0, +) <= Self.mostElements,
      results.reduce(0, { $0 + $1.shape.elementCount }) <= Self.mostElements
    else { return nil }
    var first: Int32 = 0
    let numbers = counts.map { count -> Bytes in
      defer { first += Int32(count) }
      return (first..<first + Int32(count)).map { $0 }.withUnsafeBytes { Bytes(copying: $0) }
    }
    let memory = results.map { result in
      UnsafeMutableRawBufferPointer.allocateZeroed(
        byteCount: result.shape.elementCount * MemoryLayout<Int32>.stride)
    }
    defer { for block in memory { block.deallocate() } }
    try withExtendedLifetime(numbers) {
      let inputs = operands.indices.map { index -> TensorView? in
        guard let position = moved.firstIndex(of: index) else { return operands[index] }
        return operands[index].map {
          TensorView(
            shape: $0.shape, elementType: .int32, quantization: nil,
            bytes: numbers[position].withUnsafeBytes { $0 })
        }
      }
      try executor.run(
        operation, inputs: inputs,
        outputs: zip(results, memory).map {
          MutableTensorView(shape: $0.shape, elementType: .int32, quantization: nil, bytes: $1)
        })
    }
    return ElementMoves(
      sources: memory.map { Array($0.bindMemory(to: Int32.self)) }, inputCounts: counts,
      elementByteCount: size
    ).map { ($0, moved) }
  }
}
