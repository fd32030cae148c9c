import CStanceKernels
import StanceTensors

/// Convolutions of float32 that multiply by the weights alone that are not zero.
///
/// The formulas are ``FloatConvolution``'s and ``FloatDepthwiseConvolution``'s, one after the other,
/// but zeros are left out: an infinite input times a weight of zero is no NaN here. What lies
/// between the layers never leaves the scratch, a block of channels at a time.
///
/// A unit is a row of the output, or 64 pixels where there is no depthwise convolution; bits do not
/// depend on how units are grouped. Inputs: x `[N, H, W, C]`, and the addend `[N, oH, oW, O]` where
/// the projection's epilogue has one, which may be the output.
public struct FloatSparseConvolution: PreparedKernel {
  let kernels: FloatKernels
  let input: Shape
  let output: Shape
  let expansion: SparseFactors?
  let expansionActivation: PackedActivation
  let depthwise: PackedTaps?
  let projection: SparseFactors?
  let hasAddend: Bool
  let before: PackedActivation
  let after: PackedActivation
  /// Channels between expansion and projection.
  let hiddenChannels: Int
  /// Those that are worked on together.
  let blockChannels: Int
  /// Units that are worked on together at most.
  let bandLength: Int

  /// - Parameters:
  ///   - input: `[N, H, W, C]`.
  ///   - output: `[N, oH, oW, O]`.
  ///   - instructionSets: those that may be used, the plainest first.
  /// - Returns: nil for layers that do not fit each other, have no pixels or are none of these.
  public init?(
    _ layers: SparseLayers, input: Shape, output: Shape,
    instructionSets: [InstructionSet] = InstructionSet.available
  ) {
    guard layers.fit(input, output), input.elementCount > 0, output.elementCount > 0 else {
      return nil
    }
    kernels = FloatKernels.best(in: instructionSets)
    let width = kernels.width
    hiddenChannels = layers.projection?.weights.shape[3] ?? output[3]
    let sizes = BandSizes(layers, input: input, output: output, width: width)
    guard let sizes else { return nil }
    blockChannels = sizes.blockChannels
    bandLength = sizes.bandLength
    // Hidden channels may have any order, where nobody sees it.
    let order: [Int]
    if let expansion = layers.expansion, layers.projection != nil {
      order = SparseFactors.columnsByCount(expansion.weights)
    } else {
      order = Array(0..<hiddenChannels)
    }
    expansion = layers.expansion.map {
      SparseFactors(
        weights: $0.weights, bias: $0.bias, blockDepth: max(input[3], 1), columnOrder: order)
    }
    expansionActivation = PackedActivation(
      (layers.expansion?.epilogue.single ?? .none).reordered(by: order),
      channelCount: hiddenChannels, width: width)
    depthwise = layers.depthwise.flatMap { depthwise in
      sizes.layout.map { PackedTaps(depthwise, layout: $0, order: order, width: width) }
    }
    let blockDepth = blockChannels
    projection = layers.projection.map {
      SparseFactors(
        weights: $0.weights, bias: $0.bias, blockDepth: blockDepth,
        depthOrder: layers.expansion == nil ? nil : order)
    }
    let epilogue = layers.projection?.epilogue ?? FloatEpilogue()
    hasAddend = epilogue.hasAddend
    before = PackedActivation(epilogue.before, channelCount: output[3], width: width)
    after = PackedActivation(epilogue.after, channelCount: output[3], width: width)
    (self.input, self.output) = (input, output)
  }

  public var name: String {
    let parts = [
      expansion.map { _ in "expansion" }, depthwise.map { _ in "depthwise" },
      projection.map { _ in "projection" },
    ]
    return "f32_sparse_\(parts.compactMap { $0 }.joined(separator: "_"))_"
      + kernels.instructionSet.rawValue
  }

  static let unitPixels = 64

  public var unitCount: Int {
    if depthwise != nil { return output[0] * output[1] }
    let pixels = output[0] * output[1] * output[2]
    return (pixels + Self.unitPixels - 1) / Self.unitPixels
  }

  public var scratchByteCount: Int { SparseScratch(self).byteCount }
}

/// How much is worked on together.
private struct BandSizes {
  let layout: PlaneLayout?
  let blockChannels: Int
  let bandLength: Int

  init?(_ layers: SparseLayers, input: Shape, output: Shape, width: Int) {
    let hidden = layers.projection?.weights.shape[3] ?? output[3]
    var rowLength = FloatSparseConvolution.unitPixels
    var units = (output[0] * output[1] * output[2] + rowLength - 1) / rowLength
    var seen = 0
    if let depthwise = layers.depthwise {
      layout = PlaneLayout(
        input: input, output: output, kernelHeight: depthwise.weights.shape[1],
        kernelWidth: depthwise.weights.shape[2], geometry: depthwise.geometry, width: width)
      guard let layout else { return nil }
      (rowLength, units) = (layout.pitch, output[1])
      seen = layout.partCount * layout.pitch
    } else {
      layout = nil
    }
    // A block's lanes that are multiplied together stay in the first-level cache.
    let vectors = (rowLength * units + width - 1) / width
    let pieceBytes = min(vectors, 8) * width * 4
    blockChannels = min(hidden, max(48, min(128, (28 << 10) / pieceBytes / 16 * 16)))
    // Everything stays in half of the second-level cache.
    let planes = layers.expansion == nil ? blockChannels : input[3]
    let columns = layers.projection == nil ? 0 : output[3]
    let unitBytes = (planes * seen + (blockChannels + columns) * rowLength) * 4
    let most = max(1, min(units, (512 << 10) / unitBytes))
    bandLength = (units + (units + most - 1) / most - 1) / ((units + most - 1) / most)
  }
}

extension FloatEpilogue {
  /// The activation of an epilogue without a sum.
  fileprivate var single: FloatActivation { before == .none ? after : before }
}

extension SparseLayers {
  /// Whether the layers follow each other, and lead from one shape to the other.
  fileprivate func fit(_ input: Shape, _ output: Shape) -> Bool {
    guard expansion != nil || projection != nil, depthwise != nil || expansion == nil,
      input.rank == 4, output.rank == 4, input[0] == output[0]
    else { return false }
    var channels = input[3]
    func follows(_ layer: Pointwise?) -> Bool {
      guard let shape = layer?.weights.shape else { return true }
      guard shape.rank == 4, shape[1] == 1, shape[2] == 1, shape[3] == channels else {
        return false
      }
      channels = shape[0]
      return true
    }
    guard follows(expansion),
      depthwise.map({ $0.weights.shape.rank == 4 && $0.weights.shape[3] == channels }) ?? true,
      follows(projection)
    else { return false }
    let hasSameSize = input[1] == output[1] && input[2] == output[2]
    let isPlain =
      expansion.map {
        !$0.epilogue.hasAddend && ($0.epilogue.before == .none || $0.epilogue.after == .none)
      } ?? true
    return channels == output[3] && isPlain && (depthwise != nil || hasSameSize)
  }
}
