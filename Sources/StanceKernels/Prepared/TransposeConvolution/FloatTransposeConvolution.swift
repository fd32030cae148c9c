import StanceTensors

/// Transpose convolution of float32, as one small convolution for each of the positions that an
/// output pixel can have between the strides.
///
/// The formula is ``Reference/transposeConvolution(_:weights:bias:output:geometry:bounds:)``'s. A
/// unit is a row of output pixels. Inputs: x `[N, H, W, C]`.
public struct FloatTransposeConvolution: PreparedKernel {
  /// The taps of the kernel that reach output pixels `o` of one remainder: along an axis, tap
  /// `first + t * stride` looks at input pixel `(o + padding - first) / stride - t`.
  private struct Phase: Sendable {
    let gemm: PackedGEMM
    let rows: Taps
    let columns: Taps
  }

  private struct Taps: Sendable {
    let first: Int
    let count: Int
  }

  private let input: Shape
  private let output: Shape
  private let geometry: WindowGeometry
  private let zero = PackedNumbers([0])
  /// By remainder along height, then width, of output position plus padding.
  private let phases: [Phase]
  /// Of the phase with the most taps.
  private let deepest: Int

  /// - Parameters:
  ///   - weights: `[O, kH, kW, C]`.
  ///   - instructionSets: those that may be used, the plainest first.
  public init(
    input: Shape, weights: TensorView, bias: TensorView?, output: Shape, geometry: WindowGeometry,
    activation: FloatActivation = .none,
    instructionSets: [InstructionSet] = InstructionSet.available
  ) {
    let (kernelHeight, kernelWidth, depth) =
      (weights.shape[1], weights.shape[2], weights.shape[3])
    let (strideHeight, strideWidth) = (geometry.strideHeight, geometry.strideWidth)
    let source = weights.elements(of: Float.self)
    let columnCount = weights.shape[0]
    func taps(_ first: Int, _ kernel: Int, _ stride: Int) -> Taps {
      Taps(first: first, count: first < kernel ? (kernel - 1 - first) / stride + 1 : 0)
    }
    phases = (0..<strideHeight).flatMap { i in
      (0..<strideWidth).map { j in
        let rows = taps(i, kernelHeight, strideHeight)
        let columns = taps(j, kernelWidth, strideWidth)
        var selected: [Float] = []
        for o in 0..<columnCount {
          for t in 0..<rows.count {
            for u in 0..<columns.count {
              let (k, l) = (i + t * strideHeight, j + u * strideWidth)
              let first = ((o * kernelHeight + k) * kernelWidth + l) * depth
              selected.append(contentsOf: source[first..<first + depth])
            }
          }
        }
        let count = rows.count * columns.count * depth
        if selected.isEmpty { selected = [0] }
        let gemm = PackedGEMM(
          weights: selected, depth: count, columnCount: columnCount, depthStride: 1,
          columnStride: count, bias: bias?.elements(of: Float.self),
          epilogue: FloatEpilogue(activation), precision: .float32,
          instructionSets: instructionSets)
        return Phase(gemm: gemm, rows: rows, columns: columns)
      }
    }
    deepest = phases.map(\.gemm.depth).max() ?? 0
    self.input = input
    self.output = output
    self.geometry = geometry
  }

  public var name: String {
    "f32_transpose_convolution_\(phases[0].gemm.instructionSet.rawValue)"
  }

  public var unitCount: Int { output.elementCount == 0 ? 0 : output[0] * output[1] }

  private var patchCapacity: Int { max(1, min((96 << 10) / max(deepest * 4, 1), 104)) }

  public var scratchByteCount: Int { patchCapacity * deepest * 4 }

  public func run(
    units: Range<Int>, inputs: [TensorView], outputs: [MutableTensorView],
    scratch: UnsafeMutableRawBufferPointer
  ) {
    guard !units.isEmpty, unitCount > 0,
      let x = inputs[0].elements(of: Float.self).baseAddress,
      let y = outputs[0].elements(of: Float.self).baseAddress
    else { return }
    for unit in units {
      let (n, i) = unit.quotientAndRemainder(dividingBy: output[1])
      let picture = x + n * input[1] * input[2] * input[3]
      for remainder in 0..<geometry.strideWidth {
        run(
          row: i, remainder: remainder, picture: picture, y: y + unit * output[2] * output[3],
          scratch: scratch)
      }
    }
  }

  /// The pixels of an output row whose position plus padding has one remainder.
  private func run(
    row: Int, remainder: Int, picture: UnsafePointer<Float>, y: UnsafeMutablePointer<Float>,
    scratch: UnsafeMutableRawBufferPointer
  ) {
    let stride = geometry.strideWidth
    let (top, rowRemainder) = (row + geometry.paddingTop).quotientAndRemainder(
      dividingBy: geometry.strideHeight)
    let phase = phases[rowRemainder * stride + remainder]
    let shift = (remainder - geometry.paddingLeft) % stride
    var column = shift < 0 ? shift + stride : shift
    let base = scratch.baseAddress ?? UnsafeMutableRawPointer(zero.base)
    let patches = base.assumingMemoryBound(to: Float.self)
    while column < output[2] {
      let count = min(patchCapacity, (output[2] - 1 - column) / stride + 1)
      for index in 0..<count {
        let left = (column + index * stride + geometry.paddingLeft) / stride
        copyPatch(
          phase, picture: picture, top: top, left: left, to: patches + index * phase.gemm.depth)
      }
      phase.gemm.multiply(
        PackedGEMM.Rows(
          base: patches, stride: phase.gemm.depth, count: count, segments: zero.base,
          segmentCount: 1, segmentLength: phase.gemm.depth),
        into: PackedGEMM.Results(base: y + column * output[3], stride: stride * output[3]))
      column += count * stride
    }
  }

  private func copyPatch(
    _ phase: Phase, picture: UnsafePointer<Float>, top: Int, left: Int,
    to target: UnsafeMutablePointer<Float>
  ) {
    let depth = input[3]
    var to = target
    for t in 0..<phase.rows.count {
      for u in 0..<phase.columns.count {
        let (i, j) = (top - t, left - u)
        if i >= 0, i < input[1], j >= 0, j < input[2] {
          to.update(from: picture + (i * input[2] + j) * depth, count: depth)
        } else {
          to.update(repeating: 0, count: depth)
        }
        to += depth
      }
    }
  }
}
