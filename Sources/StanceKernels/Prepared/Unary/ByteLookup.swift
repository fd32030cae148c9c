import CStanceKernels
import StanceTensors

/// Functions of one 8-bit element by a table of all 256 results: LOGISTIC, TANH, HARD_SWISH and
/// their kin, QUANTIZE from 8 bits to 8 bits, and chains of such.
///
/// Results are the plain kernels' byte for byte, as those fill the tables. A unit is a stretch of up
/// to 8192 elements.
public struct ByteLookup: PreparedKernel {
  public var name: String { functions.name("lookup") }
  public var unitCount: Int { chunks.unitCount }
  public let scratchByteCount = 0
  private let functions: ByteFunctions
  private let chunks: ElementChunks
  private let table: [UInt8]
  /// LiteRT rounds the elements after the last whole block of 16 in another way.
  private let tailTable: [UInt8]?

  /// A function of ``Reference/unary(_:_:into:)``.
  /// - Returns: nil for functions that depend on more than the element (roots of negative numbers are
  ///   errors), types that are not 8-bit, senseless quantisations.
  public init?(
    _ function: Reference.UnaryFunction, shape: Shape, elementType: ElementType,
    quantization: Quantization?, resultQuantization: Quantization?,
    instructionSets: [InstructionSet] = InstructionSet.available
  ) {
    switch function {
    case .squareRoot, .reciprocalSquareRoot: return nil
    default: break
    }
    let table = Self.table(elementType, quantization, elementType, resultQuantization) {
      try Reference.unary(function, $0, into: $1)
    }
    guard let table else { return nil }
    self.init(table: table, shape: shape, instructionSets: instructionSets)
  }

  /// ``Reference/quantize(_:into:)`` of 8-bit integers.
  /// - Returns: nil for types that are not 8-bit, and senseless quantisations.
  public init?(
    quantizing elementType: ElementType, _ quantization: Quantization?, to resultType: ElementType,
    _ resultQuantization: Quantization?, shape: Shape,
    instructionSets: [InstructionSet] = InstructionSet.available
  ) {
    let table = Self.table(elementType, quantization, resultType, resultQuantization) {
      try Reference.quantize($0, into: $1)
    }
    // One element at a time is never a whole block.
    let tailTable = Self.table(
      elementType, quantization, resultType, resultQuantization, stride: 1
    ) { try Reference.quantize($0, into: $1) }
    guard let table, let tailTable else { return nil }
    self.init(
      table: table, tailTable: tailTable, shape: shape, instructionSets: instructionSets)
  }

  /// - Parameters:
  ///   - table: the result of each byte.
  ///   - tailTable: likewise, for the elements after the last whole 16 where they differ.
  /// - Returns: nil where a table has not 256 entries.
  public init?(
    table: [UInt8], tailTable: [UInt8]? = nil, shape: Shape,
    instructionSets: [InstructionSet] = InstructionSet.available
  ) {
    guard table.count == 256, tailTable == nil || tailTable?.count == 256,
      let functions = ByteFunctions(instructionSets)
    else { return nil }
    self.functions = functions
    self.table = table
    self.tailTable = tailTable == table ? nil : tailTable
    chunks = ElementChunks(elementCount: shape.elementCount)
  }

  /// What `function` makes of all 256 elements, `stride` of them at a time.
  private static func table(
    _ type: ElementType, _ quantization: Quantization?, _ resultType: ElementType,
    _ resultQuantization: Quantization?, stride: Int = 256,
    _ function: (TensorView, MutableTensorView) throws -> Void
  ) -> [UInt8]? {
    guard ByteDomain(type) != nil, ByteDomain(resultType) != nil else { return nil }
    let elements = (0...255).map { UInt8($0) }
    var table = elements
    let filled: Void? = try? elements.withUnsafeBytes { elements in
      try table.withUnsafeMutableBytes { table in
        for first in Swift.stride(from: 0, to: 256, by: stride) {
          let range = first..<first + stride
          try function(
            TensorView(
              shape: [stride], elementType: type, quantization: quantization,
              bytes: UnsafeRawBufferPointer(rebasing: elements[range])),
            MutableTensorView(
              shape: [stride], elementType: resultType, quantization: resultQuantization,
              bytes: UnsafeMutableRawBufferPointer(rebasing: table[range])))
        }
      }
    }
    return filled == nil ? nil : table
  }

  public func run(
    units: Range<Int>, inputs: [TensorView], outputs: [MutableTensorView],
    scratch: UnsafeMutableRawBufferPointer
  ) {
    let range = chunks.elements(of: units)
    guard !range.isEmpty, let x = inputs[0].bytes.bindMemory(to: UInt8.self).baseAddress,
      let y = outputs[0].bytes.bindMemory(to: UInt8.self).baseAddress
    else { return }
    let blocks = tailTable == nil ? chunks.elementCount : chunks.elementCount / 16 * 16
    let split = min(max(blocks, range.lowerBound), range.upperBound)
    let (first, rest) = (range.lowerBound, range.upperBound - split)
    functions.table.lookup?(x + first, table, y + first, split - first)
    if let tailTable { functions.table.lookup?(x + split, tailTable, y + split, rest) }
  }
}
