import StanceTensors

/// Tensors put together, taken apart, and made larger or smaller at their borders.
extension ShapeInference {
  static func partShapes(_ operation: Operation, _ operands: Operands) throws -> [Shape]? {
    switch operation {
    case .pad: return try padded(operands, most: { _ in Int.max })
    case .mirrorPad(let pad):
      return try padded(operands, most: { $0 - (pad.mode == .reflect ? 1 : 0) })
    case .concatenation(let options): return try concatenated(options, operands)
    case .split(let split): return try splitEvenly(split, operands)
    case .splitSizes(let split): return try splitSizes(split, operands)
    case .slice: return try sliced(operands)
    case .stridedSlice(let options): return try stridedSlice(options, operands)
    case .pack(let pack): return try packed(pack, operands)
    case .unpack(let unpack): return try unpacked(unpack, operands)
    default: throw operands.invalid("has no parts")
    }
  }

  /// - Parameter most: the most elements that may be added at one end of a dimension.
  private static func padded(_ operands: Operands, most: (Int) -> Int) throws -> [Shape]? {
    let shape = try operands[0].shape
    guard try operands[1].shape.elementCount == 2 * shape.rank else {
      throw operands.invalid(
        "paddings of shape \(try operands[1].shape) do not fit a tensor of shape \(shape)")
    }
    if let constant = operands.optional(2), constant.shape.elementCount != 1 {
      throw operands.invalid("pads with one element, not with a tensor of \(constant.shape)")
    }
    guard let paddings = try operands.numbers(1) else { return nil }
    let dimensions = try shape.enumerated().map { axis, size in
      let (before, after) = (paddings[2 * axis], paddings[2 * axis + 1])
      guard before >= 0, after >= 0, before <= most(size), after <= most(size) else {
        throw operands.invalid(
          "cannot pad dimension \(axis) of size \(size) by \(before) and \(after)")
      }
      return try operands.sum([size, before, after])
    }
    return [try Shape(validating: dimensions)]
  }

  private static func concatenated(
    _ options: Concatenation, _ operands: Operands
  ) throws -> [Shape]? {
    let first = try operands[0].shape
    let shapes = try operands.descriptions.indices.map { try operands[$0].shape }
    guard first.rank > 0 else {
      guard options.axis == 0 || options.axis == -1, shapes.allSatisfy({ $0.rank == 0 }) else {
        throw operands.invalid("scalars can only be concatenated with scalars, along axis 0")
      }
      return [try Shape(validating: [shapes.count])]
    }
    let axis = try operands.normalizedAxis(options.axis, rank: first.rank)
    for (index, shape) in shapes.enumerated() {
      guard try shape.rank == first.rank && shape.replacing(axis: axis, by: first[axis]) == first
      else {
        throw operands.invalid(
          "operand \(index) of shape \(shape) does not fit \(first) along axis \(axis)")
      }
    }
    return [try first.replacing(axis: axis, by: try operands.sum(shapes.map { $0[axis] }))]
  }

  private static func splitEvenly(_ split: Split, _ operands: Operands) throws -> [Shape]? {
    let shape = try operands[1].shape
    try operands.requireOutputCount(split.count)
    guard let number = try operands.number(0) else { return nil }
    let axis = try operands.normalizedAxis(number, rank: shape.rank)
    guard split.count > 0, shape[axis] % split.count == 0 else {
      throw operands.invalid("\(shape[axis]) elements do not split into \(split.count) parts")
    }
    let part = try shape.replacing(axis: axis, by: shape[axis] / split.count)
    return Array(repeating: part, count: split.count)
  }

  private static func splitSizes(_ split: Split, _ operands: Operands) throws -> [Shape]? {
    let shape = try operands[0].shape
    try operands.requireOutputCount(split.count)
    guard var sizes = try operands.numbers(1, count: split.count),
      let number = try operands.number(2)
    else { return nil }
    let axis = try operands.normalizedAxis(number, rank: shape.rank)
    let rests = sizes.indices.filter { sizes[$0] == -1 }
    guard rests.count <= 1, sizes.allSatisfy({ $0 >= -1 }) else {
      throw operands.invalid("sizes \(sizes) must be zero or more, but for one that is -1")
    }
    let sum = try operands.sum(sizes.filter { $0 >= 0 })
    if let rest = rests.first { sizes[rest] = max(shape[axis] - sum, 0) }
    guard try operands.sum(sizes) == shape[axis] else {
      throw operands.invalid("sizes \(sizes) do not add up to the \(shape[axis]) elements there")
    }
    return try sizes.map { try shape.replacing(axis: axis, by: $0) }
  }

  private static func sliced(_ operands: Operands) throws -> [Shape]? {
    let shape = try operands[0].shape
    guard let begins = try operands.numbers(1, count: shape.rank),
      let sizes = try operands.numbers(2, count: shape.rank)
    else { return nil }
    let dimensions = try shape.indices.map { axis in
      let (begin, size) = (begins[axis], sizes[axis])
      guard (0...shape[axis]).contains(begin), size >= -1, size <= shape[axis] - begin else {
        throw operands.invalid(
          "cannot take \(size) elements from \(begin) on, of \(shape[axis]) along axis \(axis)")
      }
      return size == -1 ? shape[axis] - begin : size
    }
    return [try Shape(validating: dimensions)]
  }

  private static func stridedSlice(
    _ options: StridedSlice, _ operands: Operands
  ) throws -> [Shape]? {
    let count = try operands[1].shape.elementCount
    guard let begins = try operands.numbers(1), let ends = try operands.numbers(2, count: count),
      let strides = try operands.numbers(3, count: count)
    else { return nil }
    let range = try StridedRange(
      options, of: try operands[0].shape, begins: begins, ends: ends, strides: strides)
    return [range.resultShape]
  }

  private static func packed(_ pack: Pack, _ operands: Operands) throws -> [Shape]? {
    let shape = try operands[0].shape
    let count = operands.descriptions.count
    for index in operands.descriptions.indices {
      guard try operands[index].shape == shape else {
        throw operands.invalid(
          "operand \(index) has shape \(try operands[index].shape) where the first has \(shape)")
      }
    }
    guard count == pack.count else {
      throw operands.invalid("has \(count) operands where it stacks \(pack.count)")
    }
    let axis = try operands.normalizedNewAxis(pack.axis, rank: shape.rank)
    return [try shape.inserting(count, axis: axis)]
  }

  private static func unpacked(_ unpack: Unpack, _ operands: Operands) throws -> [Shape]? {
    let shape = try operands[0].shape
    try operands.requireOutputCount(unpack.count)
    let axis = try operands.normalizedAxis(unpack.axis, rank: shape.rank)
    guard shape[axis] == unpack.count else {
      throw operands.invalid("takes \(shape[axis]) elements apart where it has \(unpack.count)")
    }
    return Array(repeating: try shape.removing(axis: axis), count: unpack.count)
  }
}
