import CStanceKernels
import StanceTensors

/// ARG_MAX and ARG_MIN of 8-bit integers along one axis, prepared: of equal elements the first.
///
/// Results are those of ``Reference/extremum(_:of:axis:into:indexType:precedes:)``. A unit is all
/// that one index of each dimension before the axis has. Inputs: x.
public struct ByteExtremum: PreparedKernel {
  public var name: String { functions.name("extremum") }
  public let unitCount: Int
  public let scratchByteCount: Int
  private let functions: ByteFunctions
  private let flip: UInt8
  private let length: Int
  /// Elements from one index along the axis to the next.
  private let inner: Int
  private let isWide: Bool

  /// - Parameter resultType: `int32` or `int64`.
  /// - Returns: nil for types that are not 8-bit, an axis that x lacks, empty tensors.
  public init?(
    isMax: Bool, input: Shape, elementType: ElementType, axis: Int, resultType: ElementType,
    instructionSets: [InstructionSet] = InstructionSet.available
  ) {
    guard let domain = ByteDomain(elementType), let functions = ByteFunctions(instructionSets),
      input.indices.contains(axis), input.elementCount > 0, input[axis] < 1 << 31,
      resultType == .int32 || resultType == .int64
    else { return nil }
    self.functions = functions
    flip = isMax ? domain.flip : domain.flip ^ 0xFF
    length = input[axis]
    inner = input.strides[axis]
    isWide = resultType == .int64
    unitCount = input.elementCount / (length * inner)
    scratchByteCount = (2 * (inner + 255) + 63) / 64 * 64 + inner * MemoryLayout<Int32>.stride
  }

  public func run(
    units: Range<Int>, inputs: [TensorView], outputs: [MutableTensorView],
    scratch: UnsafeMutableRawBufferPointer
  ) {
    guard !units.isEmpty, let x = inputs[0].bytes.bindMemory(to: UInt8.self).baseAddress,
      let y = outputs[0].bytes.baseAddress, let scratch = scratch.baseAddress
    else { return }
    let work = scratch.assumingMemoryBound(to: UInt8.self)
    let rows = (scratch + (2 * (inner + 255) + 63) / 64 * 64).assumingMemoryBound(to: Int32.self)
    for unit in units {
      let first = unit * inner
      let narrow =
        isWide ? rows : y.assumingMemoryBound(to: Int32.self) + first
      functions.table.extremum?(x + unit * length * inner, flip, length, inner, narrow, work)
      guard isWide else { continue }
      let wide = y.assumingMemoryBound(to: Int64.self) + first
      for index in 0..<inner { wide[index] = Int64(rows[index]) }
    }
  }
}
