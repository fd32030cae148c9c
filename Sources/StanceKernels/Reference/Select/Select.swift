import StanceTensors

extension Reference {
  /// SELECT_V2: `result = condition ? x : y`, all three broadcast as NumPy does.
  /// - Parameter condition: of `bool`.
  /// - Throws: ``KernelError`` where types or shapes do not fit together.
  public static func select(
    _ condition: TensorView, _ x: TensorView, _ y: TensorView, into result: MutableTensorView
  ) throws {
    guard x.elementType == y.elementType, x.elementType == result.elementType else {
      throw KernelError("the two operands to select from are of different types")
    }
    switch result.elementType.byteCount {
    case 1: try select(condition, x, y, UInt8.self, into: result)
    case 2: try select(condition, x, y, UInt16.self, into: result)
    case 4: try select(condition, x, y, UInt32.self, into: result)
    case 8: try select(condition, x, y, UInt64.self, into: result)
    default: throw KernelError("there is no kernel for \(result.elementType.rawValue)")
    }
  }

  /// SELECT: as ``select(_:_:_:into:)``, where a condition of rank 1 chooses whole elements of the
  /// first dimension.
  public static func selectRows(
    _ condition: TensorView, _ x: TensorView, _ y: TensorView, into result: MutableTensorView
  ) throws {
    guard condition.shape.rank == 1, x.shape.rank > 1, x.shape[0] == condition.shape[0] else {
      return try select(condition, x, y, into: result)
    }
    let column = try Shape(
      validating: [condition.shape[0]] + Array(repeating: 1, count: x.shape.rank - 1))
    let view = TensorView(
      shape: column, elementType: condition.elementType, quantization: nil,
      sparsity: condition.sparsity, bytes: condition.bytes)
    try select(view, x, y, into: result)
  }

  private static func select<Bits: FixedWidthInteger & TensorElement>(
    _ condition: TensorView, _ x: TensorView, _ y: TensorView, _ type: Bits.Type,
    into result: MutableTensorView
  ) throws {
    let plan = try Broadcast(to: result.shape, from: [condition.shape, x.shape, y.shape])
    let size = MemoryLayout<Bits>.stride
    for (count, shape) in [
      (x.bytes.count, x.shape), (y.bytes.count, y.shape), (result.bytes.count, result.shape),
    ] where count != shape.elementCount * size {
      throw KernelError("an operand of shape \(shape) holds \(count) bytes")
    }
    guard let choices = try condition.checkedBooleans().baseAddress,
      let left = x.bytes.bindMemory(to: type).baseAddress,
      let right = y.bytes.bindMemory(to: type).baseAddress,
      let target = result.bytes.bindMemory(to: type).baseAddress
    else { return }
    let (choiceStep, leftStep, rightStep) = (
      plan.rowSteps.first, plan.rowSteps.second, plan.rowSteps.third
    )
    plan.forEachRow { start, offsets in
      let choice = choices + offsets.first
      let (from, other) = (left + offsets.second, right + offsets.third)
      for index in 0..<plan.rowLength {
        target[start + index] =
          choice[index * choiceStep] != 0 ? from[index * leftStep] : other[index * rightStep]
      }
    }
  }
}
