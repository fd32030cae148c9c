import StanceTensors

/// CONCATENATION of elements of any type with equal quantisation.
///
/// A unit is what lies behind one position of the dimensions before the axis. Inputs: the parts.
public struct ConcatenationCopy: PreparedKernel {
  public let unitCount: Int
  /// Bytes that each part adds to a unit.
  private let pieces: [Int]

  /// - Precondition: the parts' shapes differ along the axis alone.
  public init(parts: [Shape], axis: Int, elementByteCount size: Int) {
    let outer = parts.first?.prefix(axis).reduce(1, *) ?? 0
    unitCount = parts.allSatisfy { $0.elementCount == 0 } ? 0 : outer
    pieces = parts.map { $0.dropFirst(axis).reduce(1, *) * size }
  }

  public var name: String { "copy_concatenation" }
  public var scratchByteCount: Int { 0 }

  public func run(
    units: Range<Int>, inputs: [TensorView], outputs: [MutableTensorView],
    scratch: UnsafeMutableRawBufferPointer
  ) {
    guard !units.isEmpty, let target = outputs[0].bytes.baseAddress else { return }
    let total = pieces.reduce(0, +)
    var offset = 0
    for (index, count) in pieces.enumerated() {
      defer { offset += count }
      guard count > 0, let source = inputs[index].bytes.baseAddress else { continue }
      for unit in units {
        (target + unit * total + offset).copyMemory(
          from: source + unit * count, byteCount: count)
      }
    }
  }
}
