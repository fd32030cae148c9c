import StanceTensors

extension Operands {
  /// The elements of operand `index`, a list of whole numbers; nil where they are not known yet.
  /// - Parameter count: how many there must be; nil where any number will do.
  func numbers(_ index: Int, count: Int? = nil) throws -> [Int]? {
    let operand = try self[index]
    guard operand.elementType.isInteger || operand.elementType == .bool else {
      throw invalid("operand \(index) must hold integers, not \(operand.elementType.rawValue)")
    }
    guard count == nil || operand.shape.elementCount == count else {
      throw invalid("operand \(index) of shape \(operand.shape) must hold \(count ?? 0) numbers")
    }
    guard let numbers = operand.integers() else { return nil }
    guard numbers.count == operand.shape.elementCount else {
      throw invalid("operand \(index) holds \(numbers.count) numbers in shape \(operand.shape)")
    }
    return numbers
  }

  /// The one whole number that operand `index` holds; nil where it is not known yet.
  func number(_ index: Int) throws -> Int? {
    try numbers(index, count: 1)?.first
  }

  /// Axis `axis` counted from the first, where it may stand for a new dimension beside `rank`.
  func normalizedNewAxis(_ axis: Int, rank: Int) throws -> Int {
    try normalizedAxis(axis, rank: rank + 1)
  }

  func sum(_ terms: [Int]) throws -> Int {
    var total = 0
    for term in terms {
      let (next, overflow) = total.addingReportingOverflow(term)
      guard !overflow else { throw invalid("its sizes \(terms) are too large") }
      total = next
    }
    return total
  }

  func product(_ left: Int, _ right: Int) throws -> Int {
    let (product, overflow) = left.multipliedReportingOverflow(by: right)
    guard !overflow else { throw invalid("its sizes \(left) and \(right) are too large") }
    return product
  }

  func requireOutputCount(_ count: Int) throws {
    guard outputCount == count else {
      throw invalid("gives \(count) results where the graph takes \(outputCount)")
    }
  }
}

extension Shape {
  func replacing(axis: Int, by size: Int) throws -> Shape {
    var dimensions = dimensions
    dimensions[axis] = size
    return try Shape(validating: dimensions)
  }

  func removing(axis: Int) throws -> Shape {
    var dimensions = dimensions
    dimensions.remove(at: axis)
    return try Shape(validating: dimensions)
  }

  func inserting(_ size: Int, axis: Int) throws -> Shape {
    var dimensions = dimensions
    dimensions.insert(size, at: axis)
    return try Shape(validating: dimensions)
  }
}
