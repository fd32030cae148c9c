import StanceTensors

/// ADD, SUB, MUL, MAXIMUM, MINIMUM of integers that are not quantised, and their division by numbers
/// other than zero, prepared, broadcast as NumPy does.
///
/// Results are those of ``Reference/binary(_:_:_:bounds:into:)``. Inputs: a, b.
public struct IntegerBinary<Element: FixedWidthInteger & TensorElement>: PreparedKernel {
  public var name: String { "\(Element.elementType.rawValue)_binary" }
  public var unitCount: Int { pairs.unitCount }
  public let scratchByteCount = 0
  private let pairs: ElementPairs
  private let operation: @Sendable (Element, Element) -> Element

  /// - Returns: nil where the operands do not broadcast to `result`.
  public init?(
    _ function: Reference.BinaryFunction, a: Shape, b: Shape, result: Shape,
    bounds: ClosedRange<Float>
  ) {
    guard let pairs = ElementPairs(a, b, to: result) else { return nil }
    self.pairs = pairs
    operation = Reference.integerOperation(function, bounds, Element.self)
  }

  /// - Precondition: b has no zero where it divides.
  public func run(
    units: Range<Int>, inputs: [TensorView], outputs: [MutableTensorView],
    scratch: UnsafeMutableRawBufferPointer
  ) {
    guard !units.isEmpty, let a = inputs[0].elements(of: Element.self).baseAddress,
      let b = inputs[1].elements(of: Element.self).baseAddress,
      let y = outputs[0].elements(of: Element.self).baseAddress
    else { return }
    pairs.forEachRun(of: units) { run in
      for index in 0..<run.count {
        y[run.first + index] = operation(
          a[run.a + index * pairs.aStep], b[run.b + index * pairs.bStep])
      }
    }
  }
}
