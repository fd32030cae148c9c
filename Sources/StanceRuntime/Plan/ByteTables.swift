import StanceGraph
import StanceKernels
import StanceTensors

/// What a chain of plain kernels makes of each of the 256 bytes.
struct ByteTables {
  /// The elements of one value of the chain: of all bytes at a time, and of each one alone, as kernels
  /// may treat what is left after whole blocks in another way.
  private var together: [UInt8]
  private var alone: [UInt8]

  var table: [UInt8] { together }
  var tail: [UInt8] { alone }

  /// The bytes themselves.
  init(of value: Value) {
    together = (0...255).map { UInt8($0) }
    alone = together
  }

  /// - Parameters:
  ///   - step: element by element, of `operand` and constants.
  /// - Returns: the same after another step; nil where the step cannot, or where its constant has
  ///   elements that make different tables.
  func applying(_ step: Step, _ operand: ValueID, in planner: Planner) -> ByteTables? {
    guard case .builtin(let executor) = step.action else { return nil }
    let constants = step.inputs.compactMap { $0.flatMap(planner.staticView) }
    guard constants.allSatisfy({ $0.quantization?.isPerAxis != true && $0.sparsity == nil }),
      planner.graph[operand].quantization?.isPerAxis != true
    else { return nil }
    let count = constants.first?.shape.elementCount ?? 1
    guard constants.count <= 1, (1...64).contains(count) else { return nil }
    var result: ByteTables?
    for element in 0..<count {
      var next = self
      next.together = run(together, 256, step, executor, operand, element, in: planner) ?? []
      next.alone = run(alone, 1, step, executor, operand, element, in: planner) ?? []
      guard !next.together.isEmpty, !next.alone.isEmpty,
        result == nil || result?.together == next.together && result?.alone == next.alone
      else { return nil }
      result = next
    }
    return result
  }

  /// - Parameter count: how many elements at a time.
  private func run(
    _ elements: [UInt8], _ count: Int, _ step: Step, _ executor: any Executor.Type,
    _ operand: ValueID, _ constantElement: Int, in planner: Planner
  ) -> [UInt8]? {
    let (from, to) = (planner.graph[operand], planner.graph[step.outputs[0]])
    let (fromSize, toSize) = (from.elementByteCount, to.elementByteCount)
    guard elements.count == 256 * fromSize, toSize > 0 else { return nil }
    // Words, so that elements of every type are aligned.
    let source = elements.withUnsafeBytes { Bytes(copying: $0) }
    var target = [UInt64](repeating: 0, count: 32 * toSize)
    let done: Void? = try? source.withUnsafeBytes { source in
      try target.withUnsafeMutableBytes { target in
        for first in stride(from: 0, to: 256, by: count) {
          let inputs = step.inputs.map { id -> TensorView? in
            guard let id, id != operand else {
              return TensorView(
                shape: [count], elementType: from.elementType, quantization: from.quantization,
                bytes: UnsafeRawBufferPointer(
                  rebasing: source[first * fromSize..<(first + count) * fromSize]))
            }
            return planner.staticView(id).map { $0.element(constantElement) }
          }
          try executor.run(
            step.operation, inputs: inputs,
            outputs: [
              MutableTensorView(
                shape: [count], elementType: to.elementType, quantization: to.quantization,
                bytes: UnsafeMutableRawBufferPointer(
                  rebasing: target[first * toSize..<(first + count) * toSize]))
            ])
        }
      }
    }
    return done == nil ? nil : target.withUnsafeBytes { Array($0) }
  }
}

extension TensorView {
  /// One element, which broadcasts to every shape.
  fileprivate func element(_ index: Int) -> TensorView {
    let size = elementType.byteCount ?? 0
    return TensorView(
      shape: [1], elementType: elementType, quantization: quantization,
      bytes: UnsafeRawBufferPointer(rebasing: bytes[index * size..<(index + 1) * size]))
  }
}
