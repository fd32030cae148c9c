import CStanceKernels
import StanceTensors

/// ADD, SUB, MUL, MAXIMUM, MINIMUM of float32, `clamp(a function b)`.
///
/// Operands have the result's shape, or are broadcast along leading or trailing dimensions: a
/// scalar, a vector along the last dimension, a number a pixel. A unit is a row of elements.
/// Inputs: a, b.
public struct FloatBinary: PreparedKernel {
  public enum Function: String, Hashable, Sendable, CaseIterable {
    case add, subtract, multiply, maximum, minimum, divide
  }

  private let function: Function
  private let kernels: FloatKernels
  private let bounds: ClosedRange<Float>
  private let rowLength: Int
  private let rowCount: Int
  private let a: Steps
  private let b: Steps

  /// How an operand is walked: elements from row to row, and 1 or 0 along a row.
  private struct Steps: Sendable {
    let row: Int
    let element: Int
  }

  /// - Returns: nil where the shapes need another kind of broadcasting, and for empty results.
  public init?(
    _ function: Function, a: Shape, b: Shape, output: Shape, bounds: ClosedRange<Float>,
    instructionSets: [InstructionSet] = InstructionSet.available
  ) {
    guard output.elementCount > 0,
      let (rowLength, steps) = Self.steps(of: [a, b], output: output)
    else { return nil }
    self.function = function
    self.bounds = bounds
    self.rowLength = rowLength
    rowCount = output.elementCount / rowLength
    (self.a, self.b) = (steps[0], steps[1])
    kernels = FloatKernels.best(in: instructionSets)
  }

  private static func steps(of operands: [Shape], output: Shape) -> (Int, [Steps])? {
    let count = output.elementCount
    // Rows are as long as the operand allows that is repeated most often; long ones are cut, so
    // that there is work for every thread.
    let candidates = [
      output.rank > 1 ? output[output.rank - 1] * output[output.rank - 2] : count,
      output.last ?? 1,
    ]
    for length in candidates where length > 0 {
      let steps = operands.compactMap { operand -> Steps? in
        let aligned = [Int](repeating: 1, count: max(output.rank - operand.rank, 0)) + operand
        guard aligned.count == output.rank else { return nil }
        if operand.elementCount == 1 { return Steps(row: 0, element: 0) }
        if aligned == output.dimensions { return Steps(row: length, element: 1) }
        if operand.elementCount == length,
          aligned.suffix(length == output.last ? 1 : 2)
            .elementsEqual(output.suffix(length == output.last ? 1 : 2))
        {
          return Steps(row: 0, element: 1)
        }
        if length == output.last, aligned.last == 1, aligned.dropLast() == output.dropLast() {
          return Steps(row: 1, element: 0)
        }
        return nil
      }
      if steps.count == operands.count { return (length, steps) }
    }
    return nil
  }

  public var name: String { "f32_\(function.rawValue)_\(kernels.instructionSet.rawValue)" }
  public var unitCount: Int { rowCount }
  public var scratchByteCount: Int { 0 }

  public func run(
    units: Range<Int>, inputs: [TensorView], outputs: [MutableTensorView],
    scratch: UnsafeMutableRawBufferPointer
  ) {
    guard !units.isEmpty, let x = inputs[0].elements(of: Float.self).baseAddress,
      let z = inputs[1].elements(of: Float.self).baseAddress,
      let y = outputs[0].elements(of: Float.self).baseAddress
    else { return }
    var descriptor = st_f32_binary()
    descriptor.kind = Int32(function.code)
    descriptor.a = x + units.lowerBound * a.row
    descriptor.b = z + units.lowerBound * b.row
    descriptor.y = y + units.lowerBound * rowLength
    descriptor.rows = units.count
    descriptor.length = rowLength
    descriptor.a_stride = a.row
    descriptor.b_stride = b.row
    descriptor.a_step = Int32(a.element)
    descriptor.b_step = Int32(b.element)
    descriptor.lowest = bounds.lowerBound
    descriptor.highest = bounds.upperBound
    kernels.table.binary?(&descriptor)
  }
}

extension FloatBinary.Function {
  fileprivate var code: Int {
    switch self {
    case .add: ST_F32_ADD
    case .subtract: ST_F32_SUBTRACT
    case .multiply: ST_F32_MULTIPLY
    case .maximum: ST_F32_MAXIMUM
    case .minimum: ST_F32_MINIMUM
    case .divide: ST_F32_DIVIDE
    }
  }
}
