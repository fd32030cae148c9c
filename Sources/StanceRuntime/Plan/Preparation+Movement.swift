import StanceGraph
import StanceKernels
import StanceTensors

extension PreparationNode {
  func select(_ concatenation: Concatenation) -> Selection? {
    let parts = operands.compactMap { $0 }
    let rank = output.shape.rank
    let axis = concatenation.axis < 0 ? concatenation.axis + rank : concatenation.axis
    guard parts.count == operands.count, concatenation.activation == .none,
      (0..<rank).contains(axis), let size = output.elementType.byteCount
    else { return nil }
    let positions = Array(parts.indices)
    if parts.allSatisfy({ $0.quantization == output.quantization }) {
      let kernel = ConcatenationCopy(
        parts: parts.map(\.shape), axis: axis, elementByteCount: size)
      return (kernel, positions)
    }
    let quantizations = parts.map(\.quantization) + [output.quantization]
    guard quantizations.allSatisfy({ (try? $0.perTensor("an operand")) != nil }) else {
      return nil
    }
    return QuantizedConcatenation(
      parts: parts.map { ($0.shape, $0.quantization) }, axis: axis, result: output.shape,
      resultQuantization: output.quantization, elementType: output.elementType
    ).map { ($0, positions) }
  }

  func select(depthToSpace block: BlockSize) -> Selection? {
    guard output.shape.rank == 4, block.size > 0, let size = output.elementType.byteCount else {
      return nil
    }
    let kernel = DepthToSpaceCopy(
      output: output.shape, block: block.size, elementByteCount: size)
    return (kernel, [0])
  }

  func selectPad() throws -> Selection? {
    guard let x = operand(0), let amounts = constant(1)?.integers(),
      amounts.count == 2 * x.shape.rank, amounts.allSatisfy({ $0 >= 0 }), isConstantOrAbsent(2)
    else { return nil }
    guard let size = output.elementType.byteCount else { return nil }
    var element: [UInt8] = []
    if let constant = constant(2) {
      element = Array(constant.bytes)
    } else {
      try MovementExecutor.withZero(of: output) { element = Array($0.prefix(size)) }
    }
    guard element.count == size else { return nil }
    return PaddingCopy(
      input: x.shape, output: output.shape,
      before: stride(from: 0, to: amounts.count, by: 2).map { amounts[$0] }, constant: element
    ).map { ($0, [0]) }
  }
}
