import CStanceKernels
import StanceTensors

/// Weights of a network's first convolution: 3x3 pixels of 3 channels, a stride of 2, up to 32
/// channels of results. Without references to count: the memory is the owner's to keep.
struct PackedFirstLayer: @unchecked Sendable, BitwiseCopyable {
  private let variant: st_u8_first_layer_variant
  private let layer: UnsafePointer<st_u8_first_layer>

  var name: String { kernelName(variant.name) }

  /// - Returns: nil for other convolutions, where weights do not fit, and where none of the
  ///   instruction sets has such a kernel or a better one is allowed.
  init?(
    weights: TensorView, bias: TensorView?, window: ConvolutionWindow,
    requantization: Requantization, instructionSets: [InstructionSet],
    in memory: PackedMemory
  ) {
    let columnCount = weights.shape[0]
    guard Array(weights.shape.dimensions[1...]) == [3, 3, 3], window.strideWidth == 2,
      window.dilationWidth == 1, (1...32).contains(columnCount),
      let domain = ByteDomain(weights.elementType),
      let output = st_u8_output(requantization, domain),
      let inputZeroPoint = domain.unsigned(requantization.inputZeroPoint),
      let weightZeroPoint = domain.unsigned(requantization.weightZeroPoint),
      domain.splits(weights, zeroPoint: weightZeroPoint),
      let variant = Self.variant(for: instructionSets),
      let elements = weights.bytes.bindMemory(to: UInt8.self).baseAddress
    else { return nil }
    let registerCount = (columnCount + 7) / 8
    let packed = memory.allocate(Int8.self, count: 9 * 64 * registerCount)
    let shuffles = memory.allocate(UInt8.self, count: 9 * 64)
    let packedBias = memory.allocate(Int32.self, count: 16 * registerCount)
    let packedScales = memory.allocate(Float.self, count: 16 * registerCount)
    let fits = st_u8_first_layer_pack(
      elements, Int32(domain.flip), weightZeroPoint, inputZeroPoint,
      bias?.elements(of: Int32.self).baseAddress,
      requantization.channelScales(count: columnCount), Int32(columnCount), Int32(registerCount),
      packed, shuffles, packedBias, packedScales)
    guard fits != 0 else { return nil }
    let layer = memory.allocate(st_u8_first_layer.self, count: 1)
    layer.pointee = st_u8_first_layer(
      weights: packed, shuffles: shuffles, bias: packedBias, scales: packedScales,
      register_count: Int32(registerCount), column_count: Int32(columnCount), flip: domain.flip,
      padding: UInt8(truncatingIfNeeded: inputZeroPoint) ^ domain.flip, output: output)
    self.layer = UnsafePointer(layer)
    self.variant = variant
  }

  private static func variant(for sets: [InstructionSet]) -> st_u8_first_layer_variant? {
    var count: Int32 = 0
    let table = UnsafeBufferPointer(start: st_u8_first_layer_variants(&count), count: Int(count))
    return table.last { variant in
      variant.run != nil
        && InstructionSet(rawValue: String(cString: variant.instruction_set)).map(sets.contains)
          == true
    }
  }

  /// - Parameters:
  ///   - rows: the three rows under the windows.
  ///   - offset: of the first pixel's window within them, in bytes.
  func run(
    _ rows: UnsafeMutablePointer<UnsafeRawPointer?>, offset: Int, pixelCount: Int,
    into result: UnsafeMutablePointer<UInt8>, resultStride: Int
  ) {
    let moved = rows + 3
    for k in 0..<3 { moved[k] = rows[k].map { $0 + offset } }
    variant.run?(layer, moved, result, resultStride, pixelCount)
  }

  /// Pixels whose windows reach beyond the picture.
  /// - Parameters:
  ///   - rows: the three rows under the windows.
  ///   - column: of the picture, where the first window begins.
  ///   - width: of the picture.
  func run(
    border rows: UnsafeMutablePointer<UnsafeRawPointer?>, column: Int, width: Int,
    pixelCount: Int, into result: UnsafeMutablePointer<UInt8>, resultStride: Int
  ) {
    variant.border?(layer, rows, column, width, result, resultStride, pixelCount)
  }
}
