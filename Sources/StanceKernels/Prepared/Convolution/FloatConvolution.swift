import CStanceKernels
import StanceTensors

/// Convolution of float32 as multiplication of matrices.
///
/// The formula is ``Reference/convolution(_:weights:bias:output:geometry:bounds:)``'s. A unit is an
/// output pixel; bits do not depend on how units are grouped. Inputs: x `[N, H, W, C]`, and the
/// addend `[N, oH, oW, O]` where the epilogue has one, which must not be the output. Where factors
/// are bfloat16, operands and results may be stored so.
public struct FloatConvolution: PreparedKernel {
  let input: Shape
  let output: Shape
  let kernelHeight: Int
  let kernelWidth: Int
  /// Channels that one output channel sees.
  let depth: Int
  let geometry: WindowGeometry
  /// One a group of channels.
  let groups: [PackedGEMM]
  /// The begins of the window's pieces in the picture, behind the window's own begin.
  let pieces: PackedNumbers<Int>
  /// Whether a piece is a row of the window; else it is a pixel.
  let piecesAreRows: Bool
  /// The begins of the window's rows in copied rows, where rows are copied: see ``copiesRows``.
  let copiedPieces: PackedNumbers<Int>
  /// Floats in a copied row, the padding on both sides included.
  let copiedRowLength: Int
  let zero = PackedNumbers([0])
  /// Nil for float32.
  let bfloat16: BFloat16Kernels?
  /// Where windows of bfloat16 are read from staged rows.
  let staging: RowStaging?

  /// - Parameters:
  ///   - weights: `[O, kH, kW, C / groups]`.
  ///   - instructionSets: those that may be used, the plainest first.
  public init(
    input: Shape, weights: TensorView, bias: TensorView?, output: Shape, geometry: WindowGeometry,
    epilogue: FloatEpilogue = FloatEpilogue(), precision: FloatPrecision = .float32,
    instructionSets: [InstructionSet] = InstructionSet.available
  ) {
    let shape = weights.shape
    let (height, width, depth) = (shape[1], shape[2], shape[3])
    let groupCount = depth == 0 ? 1 : max(input[3] / depth, 1)
    let columns = shape[0] / groupCount
    let areRows = (geometry.dilationWidth == 1 || width == 1) && groupCount == 1
    let isStaged =
      precision == .bfloat16 && groupCount == 1 && geometry.dilationWidth == 1 && height * width > 1
    staging =
      isStaged
      ? RowStaging(
        depth: depth, kernelHeight: height, kernelWidth: width,
        strideWidth: geometry.strideWidth, outputWidth: output[2]) : nil
    let padded = staging.map { $0.padded(weights.elements(of: Float.self), depth: depth) }
    let taps = height * width * (staging?.channels ?? depth)
    let pieceLength =
      precision == .bfloat16
      ? staging.map { width * $0.channels } : areRows ? width * depth : depth
    let biases = bias?.elements(of: Float.self)
    let placeholder = PackedNumbers<Float>(count: 1, zero: 0) { _ in }
    groups = (padded ?? []).withUnsafeBufferPointer { padded in
      let source = isStaged ? padded : weights.elements(of: Float.self)
      let base = source.baseAddress ?? UnsafePointer(placeholder.base)
      return (0..<groupCount).map { group in
        PackedGEMM(
          weights: base + group * columns * taps, depth: taps, columnCount: columns, depthStride: 1,
          columnStride: taps, pieceLength: pieceLength,
          bias: biases.map { UnsafeBufferPointer(rebasing: $0.dropFirst(group * columns)) },
          epilogue: epilogue.part(group * columns..<(group + 1) * columns), precision: precision,
          instructionSets: instructionSets)
      }
    }
    bfloat16 = precision == .bfloat16 ? BFloat16Kernels.best(in: instructionSets) : nil
    self.input = input
    self.output = output
    self.geometry = geometry
    self.depth = depth
    (kernelHeight, kernelWidth) = (height, width)
    piecesAreRows = areRows
    copiedRowLength = ((output[2] - 1) * geometry.strideWidth + width) * input[3]
    let copiedRowLength = copiedRowLength
    copiedPieces = PackedNumbers((0..<height).map { $0 * copiedRowLength })
    let (rows, columnsPerRow) = (height, piecesAreRows ? 1 : width)
    pieces = PackedNumbers(
      (0..<rows).flatMap { k in
        (0..<columnsPerRow).map { l in
          (k * geometry.dilationHeight * input[2] + l * geometry.dilationWidth) * input[3]
        }
      })
  }

  public var name: String {
    let type = groups[0].precision == .float32 ? "f32" : "bf16"
    return "\(type)_convolution_\(groups[0].instructionSet.rawValue)"
  }

  public var unitCount: Int { output.elementCount == 0 ? 0 : output[0] * output[1] * output[2] }

  /// Whether rows of A are the pixels themselves.
  var isPointwise: Bool {
    kernelHeight == 1 && kernelWidth == 1 && groups.count == 1 && geometry.strideHeight == 1
      && geometry.strideWidth == 1 && geometry.paddingTop == 0 && geometry.paddingLeft == 0
      && input[1] == output[1] && input[2] == output[2]
  }

  public var takesBFloat16: Bool { bfloat16 != nil }

  /// Whether the rows under a row of windows are copied with their padding: where they are so short
  /// that this costs less than windows over the border by themselves.
  var copiesRows: Bool {
    !isPointwise && groups[0].precision == .float32 && piecesAreRows
      && kernelHeight * copiedRowLength * 4 <= 16 << 10
  }

  /// Rows that the scratch holds: pixels' windows, one behind the other.
  var patchCapacity: Int {
    let bytes = max(groups[0].stepCount * 4, 1)
    return max(1, min((96 << 10) / bytes, isPointwise ? 312 : 104))
  }

  public var scratchByteCount: Int {
    if isPointwise && bfloat16 == nil { return 0 }
    if copiesRows { return kernelHeight * copiedRowLength * 4 }
    return staging?.byteCount ?? patchCapacity * groups[0].stepCount * 4
  }

  public func run(
    units: Range<Int>, inputs: [TensorView], outputs: [MutableTensorView],
    scratch: UnsafeMutableRawBufferPointer
  ) {
    guard !units.isEmpty, unitCount > 0, let x = Pixels(inputs[0]),
      let results = results(inputs: inputs, outputs: outputs)
    else { return }
    if isPointwise {
      runPointwise(units, x: x, results: results, scratch: scratch)
    } else if let staging {
      runStaged(units, x: x, staging: staging, results: results, scratch: scratch)
    } else {
      runWindows(units, x: x, results: results, scratch: scratch)
    }
  }

  /// Where results go; nil where there are none.
  func results(
    inputs: [TensorView], outputs: [MutableTensorView]
  ) -> PackedGEMM.Results? {
    guard let base = outputs[0].bytes.baseAddress else { return nil }
    let addend = groups[0].hasAddend ? Pixels(inputs[1]) : nil
    return PackedGEMM.Results(
      base: base, stride: output[3], addend: addend?.base, addendStride: output[3],
      precision: FloatPrecision(outputs[0].elementType),
      addendPrecision: addend?.precision ?? .float32)
  }
}

/// The elements of a float tensor, stored one way or the other.
struct Pixels {
  var base: UnsafeRawPointer
  let precision: FloatPrecision

  /// Nil where there are none.
  init?(_ view: TensorView) {
    guard let base = view.bytes.baseAddress else { return nil }
    self.base = base
    precision = FloatPrecision(view.elementType)
  }

  /// From another element on.
  func from(_ element: Int) -> Pixels {
    var result = self
    result.base += element * precision.byteCount
    return result
  }
}

extension FloatPrecision {
  /// - Precondition: the type is `float32` or `bfloat16`.
  init(_ elementType: ElementType) {
    precondition(
      elementType == .float32 || elementType == .bfloat16, "\(elementType) read as a float")
    self = elementType == .float32 ? .float32 : .bfloat16
  }

  /// Of one element.
  var byteCount: Int { self == .float32 ? 4 : 2 }
}

extension FloatEpilogue {
  /// What concerns some of the channels.
  func part(_ channels: Range<Int>) -> FloatEpilogue {
    func part(_ activation: FloatActivation) -> FloatActivation {
      guard case .parametricReLU(let slopes) = activation else { return activation }
      return .parametricReLU(Array(slopes[channels]))
    }
    return FloatEpilogue(before: part(before), hasAddend: hasAddend, after: part(after))
  }
}

extension PackedGEMM.Results {
  /// From another row and column on.
  func from(row: Int, column: Int = 0) -> PackedGEMM.Results {
    var result = self
    result.base += (row * stride + column) * precision.byteCount
    result.addend = addend.map { $0 + (row * addendStride + column) * addendPrecision.byteCount }
    return result
  }
}
