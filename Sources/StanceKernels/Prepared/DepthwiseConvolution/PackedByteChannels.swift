import CStanceKernels
import StanceTensors

/// Weights of a depthwise convolution, packed for one of the depthwise kernels. Without references to
/// count: the memory is the owner's to keep.
struct PackedByteChannels: @unchecked Sendable, BitwiseCopyable {
  let variant: st_u8_depthwise_variant
  let layer: UnsafePointer<st_u8_depthwise>
  /// For rows as strings of bytes; nil where that does not pay.
  let flatLayer: UnsafePointer<st_u8_depthwise>?
  let isThreeByThree: Bool
  private let taps: UnsafeBufferPointer<Int32>

  var name: String { kernelName(variant.name) }
  /// How many pointers to taps the kernel takes.
  var tapPointerCount: Int { taps.count }

  /// - Parameters:
  ///   - weights: `[1, kH, kW, C * multiplier]`.
  ///   - usesFlat: whether rows may be taken for strings of bytes.
  /// - Returns: nil where the requantisation or a zero point is none that the kernels can do.
  init?(
    weights: TensorView, bias: TensorView?, multiplier: Int, usesFlat: Bool,
    requantization: Requantization, instructionSets: [InstructionSet], in memory: PackedMemory
  ) {
    let shape = weights.shape
    let sets = multiplier == 1 ? instructionSets : [.scalar]
    guard let domain = ByteDomain(weights.elementType),
      let output = st_u8_output(requantization, domain),
      let inputZeroPoint = domain.unsigned(requantization.inputZeroPoint),
      let weightZeroPoint = domain.unsigned(requantization.weightZeroPoint),
      let variant = Self.variant(
        for: sets, isWide: !domain.splits(weights, zeroPoint: weightZeroPoint)),
      let elements = weights.bytes.bindMemory(to: UInt8.self).baseAddress
    else { return nil }
    self.variant = variant
    isThreeByThree = shape[1] == 3 && shape[2] == 3
    let taps = Self.groupedTaps(height: shape[1], width: shape[2], step: Int(variant.step))
    let keptTaps = memory.allocate(Int32.self, count: taps.count)
    keptTaps.update(from: taps, count: taps.count)
    self.taps = UnsafeBufferPointer(start: keptTaps, count: taps.count)
    var source = st_u8_depthwise_source()
    source.weights = UnsafePointer(elements)
    source.bias = bias?.elements(of: Int32.self).baseAddress
    source.weight_flip = Int32(domain.flip)
    source.weight_zero_point = weightZeroPoint
    source.input_zero_point = inputZeroPoint
    source.tap_count = Int32(shape[1] * shape[2])
    source.channel_count = Int32(shape[3])
    source.group_count = Int32(taps.count) / variant.step
    source.lanes = variant.lanes
    source.registers = variant.registers
    source.step = variant.step
    source.is_wide = variant.is_wide
    func pack(blockCount: Int, repeats: Bool) -> UnsafePointer<st_u8_depthwise> {
      source.block_count = Int32(blockCount)
      source.repeats = repeats ? 1 : 0
      return requantization.channelScales(count: shape[3]).withUnsafeBufferPointer { scales in
        taps.withUnsafeBufferPointer { taps in
          source.scales = scales.baseAddress
          source.taps = taps.baseAddress
          var layer = Self.pack(&source, in: memory)
          layer.multiplier = Int32(multiplier)
          layer.input_flip = domain.flip
          layer.input_zero_point = UInt8(truncatingIfNeeded: inputZeroPoint)
          layer.output = output
          let kept = memory.allocate(st_u8_depthwise.self, count: 1)
          kept.pointee = layer
          return UnsafePointer(kept)
        }
      }
    }
    let width = Int(variant.lanes * variant.registers)
    layer = pack(blockCount: (shape[3] + width - 1) / width, repeats: false)
    // Beyond 40 of 64 channels, a register for each pixel is the faster way.
    flatLayer =
      usesFlat && isThreeByThree && variant.flat != nil && shape[3] <= 40
      ? pack(blockCount: Self.period(of: shape[3], in: width), repeats: true) : nil
  }

  /// The taps in the order in which the kernel multiplies them, in groups of `step`; -1 where a
  /// group is not full. A group of four is a column of a window of 3 rows.
  private static func groupedTaps(height: Int, width: Int, step: Int) -> [Int32] {
    guard step == 4, height == 3, width == 3 else {
      let count = height * width
      return (0..<(count + step - 1) / step * step).map { $0 < count ? Int32($0) : -1 }
    }
    return [0, 3, 6, -1, 1, 4, 7, -1, 2, 5, 8, -1]
  }

  /// The blocks after which channels begin at the start of a block again.
  private static func period(of channelCount: Int, in width: Int) -> Int {
    var blocks = 1
    while blocks * width % channelCount != 0 { blocks += 1 }
    return blocks
  }

  private static func pack(
    _ source: inout st_u8_depthwise_source, in memory: PackedMemory
  ) -> st_u8_depthwise {
    let slots = Int(source.block_count * source.lanes * source.registers)
    let count = slots * Int(source.group_count * source.step)
    let isWide = source.is_wide != 0
    let weights =
      isWide
      ? UnsafeMutableRawPointer(memory.allocate(Int16.self, count: count))
      : UnsafeMutableRawPointer(memory.allocate(Int8.self, count: count))
    let rests = memory.allocate(Int8.self, count: isWide ? 0 : count)
    let hasRests = memory.allocate(UInt8.self, count: Int(source.block_count))
    let bias = memory.allocate(Int32.self, count: slots)
    let scales = memory.allocate(Float.self, count: slots)
    st_u8_depthwise_pack(&source, weights, rests, hasRests, bias, scales)
    var layer = st_u8_depthwise()
    layer.weights = UnsafeRawPointer(weights)
    layer.rests = UnsafePointer(rests)
    layer.has_rests = UnsafePointer(hasRests)
    layer.bias = UnsafePointer(bias)
    layer.scales = UnsafePointer(scales)
    layer.group_count = source.group_count
    layer.block_count = source.block_count
    layer.channel_count = source.channel_count
    return layer
  }

  private static func variant(
    for sets: [InstructionSet], isWide: Bool
  ) -> st_u8_depthwise_variant? {
    var count: Int32 = 0
    let table = UnsafeBufferPointer(start: st_u8_depthwise_variants(&count), count: Int(count))
    return table.last { variant in
      variant.run != nil && (variant.is_wide != 0 || !isWide)
        && InstructionSet(rawValue: String(cString: variant.instruction_set)).map(sets.contains)
          == true
    }
  }

  /// The instruction sets that have a kernel, those of other machines included.
  static var instructionSets: [InstructionSet] {
    var count: Int32 = 0
    let table = UnsafeBufferPointer(start: st_u8_depthwise_variants(&count), count: Int(count))
    return table.compactMap { InstructionSet(rawValue: String(cString: $0.instruction_set)) }
  }

  /// Calls `body` with each place for a pointer and the tap that belongs there; where there is none,
  /// any readable pixel will do.
  @inline(__always)
  func forEachTap(_ body: (Int, Int?) -> Void) {
    for index in taps.indices { body(index, taps[index] < 0 ? nil : Int(taps[index])) }
  }
}
