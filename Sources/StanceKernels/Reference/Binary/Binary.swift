import StanceTensors

extension Reference {
  /// What ``binary(_:_:_:bounds:into:)`` computes of two elements.
  public enum BinaryFunction: Hashable, Sendable {
    case add, subtract, multiply, divide
    /// Rounded down, whatever the signs.
    case floorDivide
    case maximum, minimum
  }

  /// ADD, SUB, MUL, DIV, FLOOR_DIV, MAXIMUM, MINIMUM: `result = clamp(a function b)`, broadcast as
  /// NumPy does.
  ///
  /// Integers wrap around where they overflow. 8-bit operands are quantised for add, subtract,
  /// multiply and divide; maximum, minimum and floorDivide work on the integers as they are, as
  /// in TensorFlow Lite.
  /// - Parameter bounds: of the real results; of add, subtract, multiply and divide alone.
  /// - Throws: ``KernelError`` for a division of integers by zero, element types that there is no
  ///   kernel for, a missing or senseless quantisation, shapes that do not fit together.
  public static func binary(
    _ function: BinaryFunction, _ a: TensorView, _ b: TensorView, bounds: ClosedRange<Float>,
    into result: MutableTensorView
  ) throws {
    switch result.elementType {
    case .float32: try binaryFloats(function, a, b, bounds: bounds, into: result)
    case .int64: try binaryIntegers(function, a, b, bounds, Int64.self, into: result)
    case .int32: try binaryIntegers(function, a, b, bounds, Int32.self, into: result)
    case .uint32: try binaryIntegers(function, a, b, bounds, UInt32.self, into: result)
    case .int16:
      if [a.quantization, b.quantization, result.quantization].contains(where: { $0 != nil }),
        ![.maximum, .minimum, .floorDivide].contains(function)
      {
        throw KernelError("there is no kernel for quantised int16 operands")
      }
      try binaryIntegers(function, a, b, bounds, Int16.self, into: result)
    case .int8: try binaryBytes(function, a, b, bounds, Int8.self, into: result)
    case .uint8: try binaryBytes(function, a, b, bounds, UInt8.self, into: result)
    default: throw KernelError("there is no kernel for \(result.elementType.rawValue)")
    }
  }

  private static func binaryFloats(
    _ function: BinaryFunction, _ a: TensorView, _ b: TensorView, bounds: ClosedRange<Float>,
    into result: MutableTensorView
  ) throws {
    let (low, high) = (bounds.lowerBound, bounds.upperBound)
    func clamp(_ x: Float) -> Float { min(max(x, low), high) }
    switch function {
    case .add: try broadcast(a, b, into: result) { (x: Float, y: Float) in clamp(x + y) }
    case .subtract: try broadcast(a, b, into: result) { (x: Float, y: Float) in clamp(x - y) }
    case .multiply: try broadcast(a, b, into: result) { (x: Float, y: Float) in clamp(x * y) }
    case .divide: try broadcast(a, b, into: result) { (x: Float, y: Float) in clamp(x / y) }
    case .maximum: try broadcast(a, b, into: result) { (x: Float, y: Float) in x > y ? x : y }
    case .minimum: try broadcast(a, b, into: result) { (x: Float, y: Float) in x < y ? x : y }
    case .floorDivide:
      guard try !b.checkedElements(of: Float.self).contains(0) else { throw divisionByZero }
      try broadcast(a, b, into: result) { (x: Float, y: Float) in
        Float((Double(x) / Double(y)).rounded(.down))
      }
    }
  }

  private static func binaryIntegers<Element: FixedWidthInteger & TensorElement>(
    _ function: BinaryFunction, _ a: TensorView, _ b: TensorView, _ bounds: ClosedRange<Float>,
    _ type: Element.Type, into result: MutableTensorView
  ) throws {
    if function == .divide || function == .floorDivide {
      guard try !b.checkedElements(of: type).contains(0) else { throw divisionByZero }
    }
    try broadcast(a, b, into: result, integerOperation(function, bounds, type))
  }

  /// What ``binary(_:_:_:bounds:into:)`` computes of two integers that are not quantised.
  /// - Precondition: the second is not zero where it divides.
  static func integerOperation<Element: FixedWidthInteger & TensorElement>(
    _ function: BinaryFunction, _ bounds: ClosedRange<Float>, _ type: Element.Type
  ) -> @Sendable (Element, Element) -> Element {
    let low = bounds.lowerBound.isFinite ? Element(clamping: Int(bounds.lowerBound)) : .min
    let high = bounds.upperBound.isFinite ? Element(clamping: Int(bounds.upperBound)) : .max
    @Sendable func clamp(_ x: Element) -> Element { min(max(x, low), high) }
    switch function {
    case .add: return { clamp($0 &+ $1) }
    case .subtract: return { clamp($0 &- $1) }
    case .multiply: return { clamp($0 &* $1) }
    case .divide: return { clamp($0.dividedReportingOverflow(by: $1).partialValue) }
    case .floorDivide:
      return { x, y in
        let quotient = x.dividedReportingOverflow(by: y).partialValue
        return quotient &* y != x && (x < 0) != (y < 0) ? quotient &- 1 : quotient
      }
    case .maximum: return { max($0, $1) }
    case .minimum: return { min($0, $1) }
    }
  }

  private static func binaryBytes<Element: FixedWidthInteger & TensorElement>(
    _ function: BinaryFunction, _ a: TensorView, _ b: TensorView, _ bounds: ClosedRange<Float>,
    _ type: Element.Type, into result: MutableTensorView
  ) throws {
    switch function {
    case .maximum, .minimum, .floorDivide:
      return try binaryIntegers(function, a, b, bounds, type, into: result)
    case .add, .subtract, .multiply, .divide: break
    }
    let scales = try BinaryScales(a, b, result, of: type)
    switch function {
    case .add: try quantizedSum(a, b, scales, sign: 1, bounds, type, into: result)
    case .subtract: try quantizedSum(a, b, scales, sign: -1, bounds, type, into: result)
    case .multiply: try quantizedProduct(a, b, scales, bounds, type, into: result)
    default: try quantizedQuotient(a, b, scales, bounds, type, into: result)
    }
  }

  static let divisionByZero = KernelError(
    "an element of the divisor is zero, and integers cannot be divided by it")
}
