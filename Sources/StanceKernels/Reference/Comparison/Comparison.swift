import StanceTensors

extension Reference {
  /// How two elements are compared.
  public enum ComparisonFunction: Hashable, Sendable {
    case equal, notEqual, less, lessEqual, greater, greaterEqual
  }

  /// EQUAL and its kin: `result = a function b`, broadcast as NumPy does; the result is `bool`.
  ///
  /// 8-bit operands are compared as the real numbers they stand for, in TensorFlow Lite's fixed
  /// point.
  /// - Throws: ``KernelError`` for element types that there is no kernel for, a missing or
  ///   senseless quantisation, shapes that do not fit together.
  public static func compare(
    _ function: ComparisonFunction, _ a: TensorView, _ b: TensorView, into result: MutableTensorView
  ) throws {
    switch a.elementType {
    case .float32: try compare(function, a, b, into: result) { (x: Float) in x }
    case .int64: try compare(function, a, b, into: result) { (x: Int64) in x }
    case .int32: try compare(function, a, b, into: result) { (x: Int32) in x }
    case .int16: try compare(function, a, b, into: result) { (x: Int16) in x }
    case .int8: try compareQuantized(function, a, b, Int8.self, into: result)
    case .uint8: try compareQuantized(function, a, b, UInt8.self, into: result)
    case .bool:
      try compare(function, a.asBytes(), b.asBytes(), into: result) { (x: UInt8) in
        x == 0 ? UInt8(0) : 1
      }
    default: throw KernelError("there is no kernel for \(a.elementType.rawValue)")
    }
  }

  @inline(__always)
  private static func compare<Element: TensorElement, Key: Comparable>(
    _ function: ComparisonFunction, _ a: TensorView, _ b: TensorView,
    into result: MutableTensorView, _ key: (Element) -> Key
  ) throws {
    try compare(function, a, b, into: result, key, key)
  }

  @inline(__always)
  private static func compare<Element: TensorElement, Key: Comparable>(
    _ function: ComparisonFunction, _ a: TensorView, _ b: TensorView,
    into result: MutableTensorView, _ left: (Element) -> Key, _ right: (Element) -> Key
  ) throws {
    switch function {
    case .equal:
      try broadcast(a, b, into: result) { (x: Element, y: Element) in left(x) == right(y) }
    case .notEqual:
      try broadcast(a, b, into: result) { (x: Element, y: Element) in left(x) != right(y) }
    case .less:
      try broadcast(a, b, into: result) { (x: Element, y: Element) in left(x) < right(y) }
    case .lessEqual:
      try broadcast(a, b, into: result) { (x: Element, y: Element) in left(x) <= right(y) }
    case .greater:
      try broadcast(a, b, into: result) { (x: Element, y: Element) in left(x) > right(y) }
    case .greaterEqual:
      try broadcast(a, b, into: result) { (x: Element, y: Element) in left(x) >= right(y) }
    }
  }

  private static func compareQuantized<Element: FixedWidthInteger & TensorElement>(
    _ function: ComparisonFunction, _ a: TensorView, _ b: TensorView, _ type: Element.Type,
    into result: MutableTensorView
  ) throws {
    let leftShift: Int32 = 8
    func key(_ view: TensorView) throws -> (Element) -> Int32 {
      let scale = try TensorScale(view.quantization, of: type)
      let factor = try FixedPointMultiplier.ofScales(Double(scale.scale))
      let zeroPoint = scale.zeroPoint
      return { factor.multiply((Int32(truncatingIfNeeded: $0) &- zeroPoint) << leftShift) }
    }
    try compare(function, a, b, into: result, try key(a), try key(b))
  }
}

extension TensorView {
  /// A `bool` view as bytes, which may be others than 0 and 1.
  fileprivate func asBytes() -> TensorView {
    guard elementType == .bool else { return self }
    return TensorView(
      shape: shape, elementType: .uint8, quantization: nil, sparsity: sparsity, bytes: bytes)
  }
}
