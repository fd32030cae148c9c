import CStanceKernels
import StanceTensors

/// RESIZE_BILINEAR of float32.
///
/// The formula is ``Reference/resizeBilinearFloat(_:output:alignsCorners:usesHalfPixelCenters:)``'s. A
/// unit is a row of output pixels. Inputs: x `[N, H, W, C]`. Elements may be stored as bfloat16 where the
/// precision says so.
public struct FloatResizeBilinear: PreparedKernel {
  private let input: Shape
  private let output: Shape
  private let kernels: FloatKernels
  /// Nil for float32.
  private let bfloat16: BFloat16Kernels?
  private let rows: [Sample]
  private let columns: Columns

  /// Two neighbours along an axis, and how far between them to look.
  private struct Sample: Sendable {
    let lower: Int
    let upper: Int
    let fraction: Float
  }

  private struct Columns: Sendable {
    let lower: PackedNumbers<Int32>
    let upper: PackedNumbers<Int32>
    let fractions: PackedNumbers<Float>
  }

  public init(
    input: Shape, output: Shape, alignsCorners: Bool, usesHalfPixelCenters: Bool,
    precision: FloatPrecision = .float32,
    instructionSets: [InstructionSet] = InstructionSet.available
  ) {
    func samples(_ size: Int, _ outputSize: Int) -> [Sample] {
      guard size > 0 else { return [] }
      let adjustment = alignsCorners && outputSize != 1 ? 1 : 0
      let scale = Float(size - adjustment) / Float(outputSize - adjustment)
      let offset = usesHalfPixelCenters && !alignsCorners ? 0.5 * scale - 0.5 : 0
      return (0..<outputSize).map {
        let position = min(max(Float($0) * scale + offset, 0), Float(size - 1))
        let lower = min(Int(position), size - 1)
        return Sample(
          lower: lower, upper: min(lower + 1, size - 1), fraction: position - Float(lower))
      }
    }
    self.input = input
    self.output = output
    kernels = FloatKernels.best(in: instructionSets)
    bfloat16 = precision == .bfloat16 ? BFloat16Kernels.best(in: instructionSets) : nil
    rows = samples(input[1], output[1])
    let samples = samples(input[2], output[2])
    let channels = input[3]
    columns = Columns(
      lower: PackedNumbers(count: samples.count, zero: 0) {
        for (index, sample) in samples.enumerated() { $0[index] = Int32(sample.lower * channels) }
      },
      upper: PackedNumbers(count: samples.count, zero: 0) {
        for (index, sample) in samples.enumerated() { $0[index] = Int32(sample.upper * channels) }
      },
      fractions: PackedNumbers(count: samples.count, zero: 0) {
        for (index, sample) in samples.enumerated() { $0[index] = sample.fraction }
      })
  }

  public var name: String {
    bfloat16.map { "bf16_resize_bilinear_\($0.instructionSet.rawValue)" }
      ?? "f32_resize_bilinear_\(kernels.instructionSet.rawValue)"
  }

  public var takesBFloat16: Bool { bfloat16 != nil }

  public var unitCount: Int {
    output.elementCount == 0 || input.elementCount == 0 ? 0 : output[0] * output[1]
  }

  /// Floats in a row of results.
  private var rowLength: Int { output[2] * output[3] }

  /// Of the scratch's parts: two stretched rows; an input row and a row of results as floats, where
  /// they are stored as bfloat16.
  private var partByteCounts: [Int] {
    let rows = [rowLength, rowLength] + (bfloat16 == nil ? [] : [input[2] * input[3], rowLength])
    return rows.map { ($0 * 4).roundedUp(to: 64) }
  }

  public var scratchByteCount: Int { partByteCounts.reduce(0, +) }

  public func run(
    units: Range<Int>, inputs: [TensorView], outputs: [MutableTensorView],
    scratch: UnsafeMutableRawBufferPointer
  ) {
    guard !units.isEmpty, unitCount > 0, let x = Pixels(inputs[0]),
      let y = outputs[0].bytes.baseAddress, let base = scratch.baseAddress
    else { return }
    let precision = FloatPrecision(outputs[0].elementType)
    let stretchedSize = (rowLength * 4).roundedUp(to: 64)
    func part(at offset: Int) -> UnsafeMutablePointer<Float> {
      (base + offset).assumingMemoryBound(to: Float.self)
    }
    // Of each input row that is needed again, the stretched one is kept.
    let stretched = (part(at: 0), part(at: stretchedSize))
    var held = (-1, -1)
    func stretchedRow(_ row: Int) -> UnsafePointer<Float> {
      let isEven = row % 2 == 0
      let target = isEven ? stretched.0 : stretched.1
      guard (isEven ? held.0 : held.1) != row else { return UnsafePointer(target) }
      if isEven { held.0 = row } else { held.1 = row }
      let from = x.from(row * input[2] * input[3])
      stretch(floats(from, widened: part(at: 2 * stretchedSize)), to: target)
      return UnsafePointer(target)
    }
    for unit in units {
      let (n, i) = unit.quotientAndRemainder(dividingBy: output[1])
      let row = n * input[1]
      let top = stretchedRow(row + rows[i].lower)
      let bottom = stretchedRow(row + rows[i].upper)
      let target = y + unit * rowLength * precision.byteCount
      if let bfloat16, precision == .bfloat16 {
        let blended = part(at: scratchByteCount - stretchedSize)
        kernels.table.blend?(top, bottom, rows[i].fraction, rowLength, blended)
        bfloat16.round(blended, count: rowLength, to: target.assumingMemoryBound(to: UInt16.self))
      } else {
        kernels.table.blend?(
          top, bottom, rows[i].fraction, rowLength, target.assumingMemoryBound(to: Float.self))
      }
    }
  }

  /// A row of the input, widened where it is stored as bfloat16.
  private func floats(
    _ row: Pixels, widened target: @autoclosure () -> UnsafeMutablePointer<Float>
  ) -> UnsafePointer<Float> {
    guard let bfloat16, row.precision == .bfloat16 else {
      return row.base.assumingMemoryBound(to: Float.self)
    }
    let target = target()
    bfloat16.table.widen?(
      row.base.assumingMemoryBound(to: UInt16.self), target, input[2] * input[3])
    return UnsafePointer(target)
  }

  private func stretch(_ x: UnsafePointer<Float>, to target: UnsafeMutablePointer<Float>) {
    var descriptor = st_f32_resize()
    descriptor.x = x
    descriptor.lower = UnsafePointer(columns.lower.base)
    descriptor.upper = UnsafePointer(columns.upper.base)
    descriptor.fractions = UnsafePointer(columns.fractions.base)
    descriptor.count = Int32(output[2])
    descriptor.channels = Int32(input[3])
    descriptor.y = target
    kernels.table.resize?(&descriptor)
  }
}
