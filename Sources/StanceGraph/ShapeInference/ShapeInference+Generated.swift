import StanceTensors

/// Tensors made from shapes and numbers.
extension ShapeInference {
  static func generatedShapes(_ operation: Operation, _ operands: Operands) throws -> [Shape]? {
    switch operation {
    case .shape:
      return [try Shape(validating: [try operands[0].shape.rank])]
    case .fill:
      guard try operands[1].shape.elementCount == 1 else {
        throw operands.invalid("fills with one element, not \(try operands[1].shape)")
      }
      return try operands.numbers(0).map { [try Shape(validating: $0)] }
    case .range:
      return try rangeCount(operands).map { [try Shape(validating: [$0])] }
    case .where:
      return try trueCount(operands).map {
        [try Shape(validating: [$0, try operands[0].shape.rank])]
      }
    default:
      throw operands.invalid("makes no tensor from numbers")
    }
  }

  private static func rangeCount(_ operands: Operands) throws -> Int? {
    guard try operands[0].elementType == .float32 else {
      guard let start = try operands.number(0), let limit = try operands.number(1),
        let delta = try operands.number(2)
      else { return nil }
      guard delta != 0, start == limit || (start < limit) == (delta > 0) else {
        throw operands.invalid("steps of \(delta) do not lead from \(start) to \(limit)")
      }
      let distance = UInt(bitPattern: max(start, limit) &- min(start, limit))
      let (steps, rest) = distance.quotientAndRemainder(dividingBy: delta.magnitude)
      return Int(clamping: steps + (rest == 0 ? 0 : 1))
    }
    var numbers: [Float] = []
    for index in 0..<3 {
      guard try operands[index].shape.elementCount == 1, try operands[index].elementType == .float32
      else { throw operands.invalid("operand \(index) must be one float32 number") }
      guard let number = try operands[index].floats()?.first else { return nil }
      numbers.append(number)
    }
    let (start, limit, delta) = (numbers[0], numbers[1], numbers[2])
    guard (start >= limit && delta < 0) || (start <= limit && delta > 0),
      let count = Int(exactly: abs((limit - start) / delta).rounded(.up))
    else { throw operands.invalid("steps of \(delta) do not lead from \(start) to \(limit)") }
    return count
  }

  private static func trueCount(_ operands: Operands) throws -> Int? {
    let condition = try operands[0]
    guard condition.shape.rank > 0 else {
      throw operands.invalid("a scalar has no positions to list")
    }
    guard condition.elementType == .float32 else {
      return try operands.numbers(0)?.lazy.filter { $0 != 0 }.count
    }
    return condition.floats()?.lazy.filter { $0 != 0 }.count
  }
}
