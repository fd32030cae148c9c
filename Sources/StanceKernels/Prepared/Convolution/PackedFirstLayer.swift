import CStanceKernels
import StanceTensors

/// Weights of a network's first convolution: 3x3 pixels of 3 channels, a stride of 2, up to 32
/// channels of results.
struct PackedFirstLayer: @unchecked Sendable {
  let name: String
  private let layer: UnsafePointer<st_u8_first_layer>
  private let runLayer: st_u8_first_layer_run
  private let memory: PackedMemory

  /// - Returns: nil for other convolutions, where weights do not fit, and where none of the
  ///   instruction sets has such a kernel or a better one is allowed.
  init?(
    weights: TensorView, bias: TensorView?, window: ConvolutionWindow,
    requantization: Requantization, instructionSets: [InstructionSet]
  ) {
    let columnCount = weights.shape[0]
    guard Array(weights.shape.dimensions[1...]) == [3, 3, 3], window.strideWidth == 2,
      window.dilationWidth == 1, (1...32).contains(columnCount),
      let domain = ByteDomain(weights.elementType),
      let output = st_u8_output(requantization, domain),
      let inputZeroPoint = domain.unsigned(requantization.inputZeroPoint),
      let weightZeroPoint = domain.unsigned(requantization.weightZeroPoint),
      domain.splits(weights, zeroPoint: weightZeroPoint),
      let (name, run) = Self.variant(for: instructionSets),
      let elements = weights.bytes.bindMemory(to: UInt8.self).baseAddress
    else { return nil }
    let registerCount = (columnCount + 7) / 8
    let memory = PackedMemory()
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
      output: output)
    self.layer = UnsafePointer(layer)
    self.memory = memory
    self.name = name
    runLayer = run
  }

  private static func variant(
    for sets: [InstructionSet]
  ) -> (
    name: String,
    run:
      @convention(c) (
        UnsafePointer<st_u8_first_layer>?, UnsafePointer<UnsafeRawPointer?>?,
        UnsafeMutablePointer<UInt8>?, Int, Int
      ) -> Void
  )? {
    var count: Int32 = 0
    let table = UnsafeBufferPointer(start: st_u8_first_layer_variants(&count), count: Int(count))
    for variant in table.reversed() {
      guard let run = variant.run,
        let set = InstructionSet(rawValue: String(cString: variant.instruction_set)),
        sets.contains(set)
      else { continue }
      return (kernelName(variant.name), run)
    }
    return nil
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
    runLayer(layer, moved, result, resultStride, pixelCount)
  }
}
