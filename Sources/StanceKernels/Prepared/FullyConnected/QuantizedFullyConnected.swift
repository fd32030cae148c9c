import CStanceKernels
import StanceTensors

/// Fully connected layer of 8-bit integers, prepared: x read as `[N, C]`, output `N * O` elements.
///
/// Results are those of ``Reference/fullyConnected(_:weights:bias:output:requantization:)`` byte for
/// byte. A unit is a group of up to 64 output channels, of all rows.
public struct QuantizedFullyConnected: PreparedKernel {
  public var name: String { matrix.name }
  public let unitCount: Int
  public let scratchByteCount: Int
  private let matrix: PackedByteMatrix
  private let memory: PackedMemory
  private let rowCount: Int
  private let depth: Int
  private let wideStride: Int

  /// - Parameters:
  ///   - weights: `[O, C]`, copied.
  ///   - bias: `[O]` of int32, copied.
  /// - Returns: nil where there is no fast kernel, as for ``QuantizedConvolution``.
  public init?(
    input: Shape, weights: TensorView, bias: TensorView?, output: Shape,
    requantization: Requantization, instructionSets: [InstructionSet] = InstructionSet.available
  ) {
    guard weights.shape.rank == 2, weights.shape.elementCount > 0 else { return nil }
    let memory = PackedMemory()
    let (columnCount, depth) = (weights.shape[0], weights.shape[1])
    guard output.elementCount % columnCount == 0,
      input.elementCount == output.elementCount / columnCount * depth,
      let matrix = PackedByteMatrix(
        weights: weights, bias: bias, columnCount: columnCount, segmentCount: 1,
        segmentLength: depth, requantization: requantization, instructionSets: instructionSets,
        in: memory)
    else { return nil }
    self.matrix = matrix
    self.memory = memory
    self.depth = depth
    rowCount = output.elementCount / columnCount
    let step = Int(matrix.variant.step)
    wideStride = (depth + step - 1) / step * step
    unitCount = rowCount == 0 ? 0 : matrix.panelCount
    scratchByteCount = 64 + (matrix.isWide ? 2 * wideStride : 0)
  }

  public func run(
    units: Range<Int>, inputs: [TensorView], outputs: [MutableTensorView],
    scratch: UnsafeMutableRawBufferPointer
  ) {
    guard !units.isEmpty, let x = inputs[0].bytes.bindMemory(to: UInt8.self).baseAddress,
      let y = outputs[0].bytes.bindMemory(to: UInt8.self).baseAddress,
      let scratch = scratch.baseAddress
    else { return }
    let segments = scratch.assumingMemoryBound(to: UnsafeRawPointer?.self)
    guard let widen = matrix.variant.widen else {
      segments[0] = UnsafeRawPointer(x)
      matrix.multiply(
        segments, rowStride: depth, into: y, resultStride: matrix.columnCount, rowCount: rowCount,
        panels: units)
      return
    }
    let factors = (scratch + 64).assumingMemoryBound(to: Int16.self)
    segments[0] = UnsafeRawPointer(factors)
    for row in 0..<rowCount {
      widen(x + row * depth, matrix.inputFlip, factors, depth)
      matrix.multiply(
        segments, rowStride: 2 * wideStride, into: y + row * matrix.columnCount,
        resultStride: matrix.columnCount, rowCount: 1, panels: units)
    }
  }
}
