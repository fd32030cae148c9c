import CStanceKernels
import StanceTensors

/// Weights of a convolution or a fully connected layer, packed for one of the matrix kernels. Without
/// references to count: the memory is the owner's to keep.
struct PackedByteMatrix: @unchecked Sendable, BitwiseCopyable {
  let variant: st_u8_gemm_variant
  /// Bytes of one of the pieces that a row of factors is cut into.
  let segmentLength: Int
  let segmentCount: Int
  let columnCount: Int
  /// What turns a byte of the tensor into an unsigned one, for widening.
  let inputFlip: UInt8
  private let panels: UnsafeBufferPointer<st_u8_gemm_panel>

  /// Whether factors have to be `int16`, in one segment.
  var isWide: Bool { variant.widen != nil }
  var name: String { kernelName(variant.name) }

  /// - Parameters:
  ///   - weights: `[columnCount, segmentCount, segmentLength]`.
  ///   - bias: of each column, or nil.
  ///   - memory: takes what is packed.
  /// - Returns: nil where the requantisation or a zero point is none that the kernels can do.
  init?(
    weights: TensorView, bias: TensorView?, columnCount: Int, segmentCount: Int,
    segmentLength: Int, requantization: Requantization, instructionSets: [InstructionSet],
    in memory: PackedMemory
  ) {
    guard let domain = ByteDomain(weights.elementType),
      let output = st_u8_output(requantization, domain),
      let inputZeroPoint = domain.unsigned(requantization.inputZeroPoint),
      let weightZeroPoint = domain.unsigned(requantization.weightZeroPoint),
      let variant = Self.variant(
        for: instructionSets, isWide: !domain.splits(weights, zeroPoint: weightZeroPoint)),
      let elements = weights.bytes.bindMemory(to: UInt8.self).baseAddress,
      weights.shape.elementCount / max(columnCount, 1) < 1 << 24
    else { return nil }
    self.variant = variant
    self.columnCount = columnCount
    inputFlip = domain.flip
    let isWide = variant.widen != nil
    let rowLength = segmentCount * segmentLength
    let (pieceCount, pieceLength) = isWide ? (1, rowLength) : (segmentCount, segmentLength)
    self.segmentCount = pieceCount
    self.segmentLength = pieceLength
    let scales = requantization.channelScales(count: columnCount)
    let biases = bias?.elements(of: Int32.self).baseAddress
    let takesSigned = variant.takes_signed != 0
    let widths = Self.panelWidths(of: columnCount, variant)
    let panels = memory.allocate(st_u8_gemm_panel.self, count: widths.count)
    var sources: [st_u8_gemm_source] = []
    var first = 0
    for width in widths {
      var source = st_u8_gemm_source()
      source.weights = elements + first * rowLength
      source.bias = biases.map { $0 + first }
      source.weight_flip = Int32(domain.flip)
      source.weight_zero_point = weightZeroPoint
      source.input_zero_point = inputZeroPoint - (takesSigned ? 128 : 0)
      source.segment_count = Int32(pieceCount)
      source.segment_length = Int32(pieceLength)
      source.lanes = variant.lanes
      source.register_count = Int32(width.registers)
      source.column_count = Int32(width.columns)
      source.step = variant.step
      source.is_wide = isWide ? 1 : 0
      sources.append(source)
      first += width.columns
    }
    // One behind the other, as they are read, so that the processor foresees it.
    let sizes = sources.indices.map { Self.byteCount(of: &sources[$0]) }
    var block = UnsafeMutableRawPointer(
      memory.allocate(UInt8.self, count: sizes.reduce(0) { $0 + $1.total }))
    first = 0
    scales.withUnsafeBufferPointer { scales in
      for index in sources.indices {
        sources[index].scales = scales.baseAddress.map { $0 + first }
        var panel = Self.pack(&sources[index], sizes[index].extras, variant, at: block, in: memory)
        panel.flip = isWide ? 0 : domain.flip ^ (takesSigned ? 0x80 : 0)
        panel.output = output
        panels[index] = panel
        first += Int(sources[index].column_count)
        block += sizes[index].total
      }
    }
    self.panels = UnsafeBufferPointer(start: panels, count: widths.count)
  }

  /// The registers of columns dealt evenly to as few panels as will do.
  private static func panelWidths(
    of columnCount: Int, _ variant: st_u8_gemm_variant
  ) -> [(registers: Int, columns: Int)] {
    let (lanes, most) = (Int(variant.lanes), Int(variant.registers))
    // Only the widest kernels have tiles of fewer registers.
    let canNarrow = lanes == 16
    let registers = (columnCount + lanes - 1) / lanes
    let panelCount = (registers + most - 1) / most
    var result: [(Int, Int)] = []
    var (registersLeft, columnsLeft) = (registers, columnCount)
    for index in 0..<panelCount {
      let left = panelCount - index
      let count = canNarrow ? (registersLeft + left - 1) / left : most
      let columns = min(count * lanes, columnsLeft)
      result.append((count, columns))
      registersLeft -= count
      columnsLeft -= columns
    }
    return result
  }

  /// How many extra steps a panel needs, and its bytes: bias, scales and weights.
  private static func byteCount(
    of source: inout st_u8_gemm_source
  ) -> (extras: Int32, total: Int) {
    let extras = st_u8_gemm_extra_count(&source)
    let stepCount = (source.segment_length + source.step - 1) / source.step
    let slots = Int(source.register_count * source.lanes)
    let steps = Int(source.segment_count) * Int(stepCount) + Int(extras)
    let weights = steps * slots * Int(source.step) * (source.is_wide != 0 ? 2 : 1)
    return (extras, 2 * aligned(4 * slots) + aligned(weights))
  }

  private static func aligned(_ byteCount: Int) -> Int { (byteCount + 63) / 64 * 64 }

  private static func pack(
    _ source: inout st_u8_gemm_source, _ extraCount: Int32, _ variant: st_u8_gemm_variant,
    at block: UnsafeMutableRawPointer, in memory: PackedMemory
  ) -> st_u8_gemm_panel {
    var panel = st_u8_gemm_panel()
    panel.segment_count = source.segment_count
    panel.step_count = (source.segment_length + source.step - 1) / source.step
    panel.extra_count = extraCount
    panel.register_count = source.register_count
    panel.column_count = source.column_count
    let slots = Int(source.register_count * source.lanes)
    let bias = block.bindMemory(to: Int32.self, capacity: slots)
    let scales = (block + aligned(4 * slots)).bindMemory(to: Float.self, capacity: slots)
    let weights = block + 2 * aligned(4 * slots)
    let extras = memory.allocate(Int32.self, count: 2 * Int(panel.extra_count))
    st_u8_gemm_pack(&source, weights, bias, scales, extras)
    panel.weights = UnsafeRawPointer(weights)
    panel.bias = UnsafePointer(bias)
    panel.scales = UnsafePointer(scales)
    panel.extras = UnsafePointer(extras)
    return panel
  }

  private static func variant(
    for sets: [InstructionSet], isWide: Bool
  ) -> st_u8_gemm_variant? {
    var count: Int32 = 0
    let table = UnsafeBufferPointer(start: st_u8_gemm_variants(&count), count: Int(count))
    return table.last { variant in
      variant.run != nil && (variant.widen != nil || !isWide)
        && InstructionSet(rawValue: String(cString: variant.instruction_set)).map(sets.contains)
          == true
    }
  }

  /// The instruction sets that have a kernel, those of other machines included.
  static var instructionSets: [InstructionSet] {
    var count: Int32 = 0
    let table = UnsafeBufferPointer(start: st_u8_gemm_variants(&count), count: Int(count))
    return table.compactMap { InstructionSet(rawValue: String(cString: $0.instruction_set)) }
  }

  var panelCount: Int { panels.count }

  /// All columns of `rowCount` rows, or those of some panels alone.
  /// - Parameters:
  ///   - segments: ``segmentCount`` pointers to the first row; rows lie `rowStride` bytes apart.
  ///   - result: where the first row's first column goes; rows lie `resultStride` bytes apart.
  func multiply(
    _ segments: UnsafePointer<UnsafeRawPointer?>, rowStride: Int,
    into result: UnsafeMutablePointer<UInt8>, resultStride: Int, rowCount: Int,
    panels range: Range<Int>? = nil
  ) {
    guard let run = variant.run else { return }
    let range = range ?? panels.indices
    var column = 0
    for index in 0..<range.upperBound {
      let panel = panels.baseAddress! + index
      if index >= range.lowerBound {
        run(panel, segments, rowStride, result + column, resultStride, rowCount)
      }
      column += Int(panel.pointee.column_count)
    }
  }
}

/// The name of a C kernel without the prefix that all of them have: `u8_gemm__avx2_6x16`.
func kernelName(_ name: UnsafePointer<CChar>) -> String {
  String(String(cString: name).dropFirst(3))
}
