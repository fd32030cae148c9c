import CStanceKernels
import StanceTensors

/// CONCATENATION of 8-bit integers along an axis, prepared: parts whose quantisation differs from the
/// result's pass through a table, with
/// ``Reference/concatenateRescaling(_:axis:of:into:)``'s results; the others are copied. A unit is a
/// position along the dimensions before the axis.
public struct QuantizedConcatenation: PreparedKernel {
  private struct Part {
    /// Bytes of a unit.
    let count: Int
    let table: [UInt8]?
  }

  public var name: String { "u8_concatenation__scalar" }
  public let unitCount: Int
  public let scratchByteCount = 0
  private let parts: [Part]
  private let resultCount: Int

  /// - Returns: nil for types that are not 8-bit, and shapes that do not fit together.
  public init?(
    parts: [(shape: Shape, quantization: Quantization?)], axis: Int, result: Shape,
    resultQuantization: Quantization?, elementType: ElementType
  ) {
    guard ByteDomain(elementType) != nil, result.indices.contains(axis),
      parts.allSatisfy({ $0.shape.rank == result.rank })
    else { return nil }
    let inner = result[(axis + 1)...].reduce(1, *)
    resultCount = result[axis] * inner
    unitCount = result.elementCount == 0 ? 0 : result[..<axis].reduce(1, *)
    self.parts = parts.map { shape, quantization in
      Part(
        count: shape[axis] * inner,
        table: Self.table(quantization, resultQuantization, elementType))
    }
    guard self.parts.map(\.count).reduce(0, +) == resultCount else { return nil }
  }

  private static func table(
    _ from: Quantization?, _ to: Quantization?, _ type: ElementType
  ) -> [UInt8]? {
    guard let from, let to, from.scale != to.scale || from.zeroPoint != to.zeroPoint else {
      return nil
    }
    let elements = (0...255).map { UInt8($0) }
    var table = elements
    elements.withUnsafeBytes { elements in
      table.withUnsafeMutableBytes { table in
        let part = TensorView(
          shape: [256], elementType: type, quantization: from, bytes: elements)
        let result = MutableTensorView(
          shape: [256], elementType: type, quantization: to, bytes: table)
        if type == .uint8 {
          Reference.concatenateRescaling([part], axis: 0, of: UInt8.self, into: result)
        } else {
          Reference.concatenateRescaling([part], axis: 0, of: Int8.self, into: result)
        }
      }
    }
    return table
  }

  public func run(
    units: Range<Int>, inputs: [TensorView], outputs: [MutableTensorView],
    scratch: UnsafeMutableRawBufferPointer
  ) {
    guard !units.isEmpty, let y = outputs[0].bytes.bindMemory(to: UInt8.self).baseAddress
    else { return }
    var first = 0
    for (index, part) in parts.enumerated() {
      defer { first += part.count }
      guard let x = inputs[index].bytes.bindMemory(to: UInt8.self).baseAddress else { continue }
      for unit in units {
        let (source, target) = (x + unit * part.count, y + unit * resultCount + first)
        if let table = part.table {
          st_u8_lookup__scalar(source, table, target, part.count)
        } else {
          target.update(from: source, count: part.count)
        }
      }
    }
  }
}
