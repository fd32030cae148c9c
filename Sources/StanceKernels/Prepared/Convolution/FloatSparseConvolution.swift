import CStanceKernels
import StanceTensors

/// A pointwise convolution of float32 that multiplies by the weights alone that are not zero.
///
/// The formula is ``FloatConvolution``'s, but zeros are left out: an infinite input times a weight
/// of zero is no NaN here. It pays where three quarters of the weights are zero. A unit is 32
/// pixels or more, as many as fill the lanes. Inputs: x `[N, H, W, C]`, and the addend where the
/// epilogue has one, which may be the output.
public struct FloatSparseConvolution: PreparedKernel {
  private let input: Shape
  private let output: Shape
  private let hasAddend: Bool
  private let kernels: FloatKernels
  private let starts: PackedNumbers<Int32>
  private let depths: PackedNumbers<Int32>
  private let weights: PackedNumbers<Float>
  private let bias: PackedNumbers<Float>
  private let before: PackedActivation
  private let after: PackedActivation

  /// - Parameters:
  ///   - input: `[N, H, W, C]`.
  ///   - weights: `[O, 1, 1, C]`, dense.
  ///   - instructionSets: those that may be used, the plainest first.
  public init(
    input: Shape, weights: TensorView, bias: TensorView?,
    epilogue: FloatEpilogue = FloatEpilogue(),
    instructionSets: [InstructionSet] = InstructionSet.available
  ) {
    let (columns, depth) = (weights.shape[0], weights.shape[3])
    let dense = weights.elements(of: Float.self)
    let block = ST_F32_SPARSE_BLOCK
    var (starts, depths, stored): ([Int32], [Int32], [Float]) = ([0], [], [])
    for first in stride(from: 0, to: depth, by: block) {
      for column in 0..<columns {
        for k in first..<min(first + block, depth) where dense[column * depth + k] != 0 {
          depths.append(Int32(k - first))
          stored.append(dense[column * depth + k])
        }
        if stored.count % 2 == 1 {
          depths.append(Int32(block))
          stored.append(0)
        }
        starts.append(Int32(stored.count))
      }
    }
    kernels = FloatKernels.best(in: instructionSets)
    self.input = input
    output = Shape(input.dropLast() + [columns])
    hasAddend = epilogue.hasAddend
    self.starts = PackedNumbers(starts)
    self.depths = PackedNumbers(depths)
    self.weights = PackedNumbers(stored)
    let width = kernels.width
    self.bias = PackedNumbers(
      bias?.elements(of: Float.self), channelCount: columns, width: width)
    before = PackedActivation(epilogue.before, channelCount: columns, width: width)
    after = PackedActivation(epilogue.after, channelCount: columns, width: width)
  }

  public var name: String { "f32_sparse_convolution_\(kernels.instructionSet.rawValue)" }

  private var rowCount: Int { output.dropLast().reduce(1, *) }
  private var unitLength: Int { kernels.width * ST_F32_SPARSE_VECTORS }

  public var unitCount: Int {
    output.elementCount == 0 ? 0 : (rowCount + unitLength - 1) / unitLength
  }

  public var scratchByteCount: Int {
    st_f32_sparse_scratch_count(Int32(kernels.width), Int32(output[output.rank - 1])) * 4
  }

  public func run(
    units: Range<Int>, inputs: [TensorView], outputs: [MutableTensorView],
    scratch: UnsafeMutableRawBufferPointer
  ) {
    guard !units.isEmpty, unitCount > 0,
      let x = inputs[0].elements(of: Float.self).baseAddress,
      let y = outputs[0].elements(of: Float.self).baseAddress
    else { return }
    let (depth, columns) = (input[input.rank - 1], output[output.rank - 1])
    let first = units.lowerBound * unitLength
    var descriptor = st_f32_sparse()
    descriptor.x = x + first * depth
    descriptor.x_stride = depth
    descriptor.rows = Int32(min(units.upperBound * unitLength, rowCount) - first)
    descriptor.depth = Int32(depth)
    descriptor.columns = Int32(columns)
    descriptor.starts = UnsafePointer(starts.base)
    descriptor.depths = UnsafePointer(depths.base)
    descriptor.weights = UnsafePointer(weights.base)
    descriptor.bias = UnsafePointer(bias.base)
    descriptor.y = y + first * columns
    descriptor.y_stride = columns
    if hasAddend {
      descriptor.addend = inputs[1].elements(of: Float.self).baseAddress.map {
        $0 + first * columns
      }
      descriptor.addend_stride = columns
    }
    descriptor.before = before.descriptor()
    descriptor.after = after.descriptor()
    descriptor.scratch = scratch.baseAddress?.assumingMemoryBound(to: Float.self)
    kernels.table.sparse?(&descriptor)
  }
}
