import StanceTensors

extension Reference {
  /// What ``unary(_:_:into:)`` computes of an element.
  public enum UnaryFunction: Hashable, Sendable {
    case squareRoot, reciprocalSquareRoot, negate, absolute, exponential
    case logistic, tanh, elu, hardSwish
    /// A clamp to a range of real numbers: RELU, RELU6, RELU_N1_TO_1.
    case clamp(ClosedRange<Float>)
    case leakyReLU(alpha: Float)
  }

  /// Functions of one element: SQRT, RSQRT, NEG, ABS, EXP, LOGISTIC, TANH, RELU and its kin, ELU,
  /// HARD_SWISH, LEAKY_RELU.
  ///
  /// NaN gives NaN in `float32`, and the negative of zero is zero without a sign. Integers wrap
  /// around where they overflow. 8-bit elements are quantised, but for negate, which takes the
  /// integers as they are.
  /// - Throws: ``KernelError`` for element types that there is no kernel for, a missing or
  ///   senseless quantisation, and for the root of a quantised number less than zero.
  public static func unary(
    _ function: UnaryFunction, _ x: TensorView, into result: MutableTensorView
  ) throws {
    switch x.elementType {
    case .float32: try unaryFloats(function, x, into: result)
    case .int64: try unaryIntegers(function, x, Int64.self, into: result)
    case .int32: try unaryIntegers(function, x, Int32.self, into: result)
    case .int16: try unaryIntegers(function, x, Int16.self, into: result)
    case .int8 where function == .negate: try unaryIntegers(function, x, Int8.self, into: result)
    case .int8: try unaryBytes(function, x, Int8.self, into: result)
    case .uint8: try unaryBytes(function, x, UInt8.self, into: result)
    default: throw KernelError("there is no kernel for \(x.elementType.rawValue)")
    }
  }

  private static func unaryFloats(
    _ function: UnaryFunction, _ x: TensorView, into result: MutableTensorView
  ) throws {
    switch function {
    case .squareRoot: try map(x, into: result) { (x: Float) in x.squareRoot() }
    case .reciprocalSquareRoot: try map(x, into: result) { (x: Float) in 1 / x.squareRoot() }
    case .negate: try map(x, into: result) { (x: Float) in 0 - x }
    case .absolute: try map(x, into: result) { (x: Float) in x.magnitude }
    case .exponential: try map(x, into: result) { (x: Float) in ElementaryFunctions.exponential(x) }
    case .logistic:
      try map(x, into: result) { (x: Float) in Float(ElementaryFunctions.logistic(Double(x))) }
    case .tanh:
      try map(x, into: result) { (x: Float) in
        Float(ElementaryFunctions.hyperbolicTangent(Double(x)))
      }
    case .elu:
      try map(x, into: result) { (x: Float) in
        x < 0 ? Float(ElementaryFunctions.exponentialMinusOne(Double(x))) : x
      }
    case .hardSwish:
      try map(x, into: result) { (x: Float) in x * min(max(x + 3, 0), 6) / 6 }
    case .clamp(let range):
      let (low, high) = (range.lowerBound, range.upperBound)
      try map(x, into: result) { (x: Float) in x < low ? low : x > high ? high : x }
    case .leakyReLU(let alpha):
      try map(x, into: result) { (x: Float) in x < 0 ? x * alpha : x }
    }
  }

  private static func unaryIntegers<Element: FixedWidthInteger & SignedInteger & TensorElement>(
    _ function: UnaryFunction, _ x: TensorView, _ type: Element.Type,
    into result: MutableTensorView
  ) throws {
    switch function {
    case .negate: try map(x, into: result) { (x: Element) in 0 &- x }
    case .absolute where x.quantization == nil || Element.self != Int16.self:
      try map(x, into: result) { (x: Element) in x < 0 ? 0 &- x : x }
    default: throw KernelError("there is no kernel for \(x.elementType.rawValue)")
    }
  }

  /// Bytes have but 256 values: the function is computed for each of them, then looked up.
  private static func unaryBytes<Element: FixedWidthInteger & TensorElement>(
    _ function: UnaryFunction, _ x: TensorView, _ type: Element.Type,
    into result: MutableTensorView
  ) throws {
    let from = try TensorScale(x.quantization, of: type)
    let to = try TensorScale(result.quantization, of: type)
    if function == .squareRoot || function == .reciprocalSquareRoot {
      let zero = Element(truncatingIfNeeded: from.zeroPoint)
      guard try x.checkedElements(of: type).allSatisfy({ $0 >= zero }) else {
        throw KernelError("an element is negative, and there is no root of it")
      }
    }
    let convert = try quantizedFunction(function, from: from, to: to, type)
    try mapBytes(x, into: result, of: type, convert)
  }

  /// `result = function(x)` by a table of all 256 values.
  /// - Parameter range: of the elements; all of them where it is nil.
  static func mapBytes<
    Element: FixedWidthInteger & TensorElement, Result: FixedWidthInteger & TensorElement
  >(
    _ x: TensorView, into result: MutableTensorView, of type: Element.Type,
    in range: Range<Int>? = nil, _ function: (Element) -> Result
  ) throws {
    let table = (0...255).map { function(Element(truncatingIfNeeded: $0)) }
    let (source, target) = try matchedElements(of: x, in: result, type, Result.self)
    table.withUnsafeBufferPointer { table in
      for index in range ?? 0..<source.count {
        target[index] = table[Int(UInt8(truncatingIfNeeded: source[index]))]
      }
    }
  }
}
