import StanceTensors

/// CAST between numbers, with ``Reference/cast(_:into:)``'s results: nothing but its checks is done
/// beforehand. There is one unit. Inputs: x.
public struct ElementCast: PreparedKernel {
  public let name: String
  public let unitCount = 1
  public let scratchByteCount = 0

  /// - Returns: nil for types that there is no cast between, and for `bool`, whose bytes are checked.
  public init?(from type: ElementType, to result: ElementType) {
    let none = UnsafeMutableRawBufferPointer(start: nil, count: 0)
    let x = TensorView(
      shape: [0], elementType: type, quantization: nil, bytes: UnsafeRawBufferPointer(none))
    let y = MutableTensorView(
      shape: [0], elementType: result, quantization: nil, bytes: none)
    guard type != .bool, (try? Reference.cast(x, into: y)) != nil else { return nil }
    name = "cast_\(type.rawValue)_\(result.rawValue)"
  }

  public func run(
    units: Range<Int>, inputs: [TensorView], outputs: [MutableTensorView],
    scratch: UnsafeMutableRawBufferPointer
  ) {
    guard !units.isEmpty else { return }
    // It fails for types alone, which were tried.
    try? Reference.cast(inputs[0], into: outputs[0])
  }
}
