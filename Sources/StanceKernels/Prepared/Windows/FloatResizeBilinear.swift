import CStanceKernels
import StanceTensors

/// RESIZE_BILINEAR of float32.
///
/// The formula is ``Reference/resizeBilinearFloat(_:output:alignsCorners:usesHalfPixelCenters:)``'s. A
/// unit is a row of output pixels. Inputs: x `[N, H, W, C]`, which may be stored as bfloat16, as
/// the result may, where the precision says so.
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

  public var scratchByteCount: Int { bfloat16 == nil ? 0 : input[2] * input[3] * 4 }

  public func run(
    units: Range<Int>, inputs: [TensorView], outputs: [MutableTensorView],
    scratch: UnsafeMutableRawBufferPointer
  ) {
    guard !units.isEmpty, unitCount > 0 else { return }
    if let bfloat16 {
      return run(units, bfloat16, input: inputs[0], result: outputs[0], scratch: scratch)
    }
    guard
      let x = inputs[0].elements(of: Float.self).baseAddress,
      let y = outputs[0].elements(of: Float.self).baseAddress
    else { return }
    let row = input[2] * input[3]
    for unit in units {
      let (n, i) = unit.quotientAndRemainder(dividingBy: output[1])
      let picture = x + n * input[1] * row
      var descriptor = st_f32_resize()
      descriptor.top = picture + rows[i].lower * row
      descriptor.bottom = picture + rows[i].upper * row
      descriptor.fraction = rows[i].fraction
      descriptor.lower = UnsafePointer(columns.lower.base)
      descriptor.upper = UnsafePointer(columns.upper.base)
      descriptor.fractions = UnsafePointer(columns.fractions.base)
      descriptor.count = Int32(output[2])
      descriptor.channels = Int32(input[3])
      descriptor.y = y + unit * output[2] * output[3]
      kernels.table.resize?(&descriptor)
    }
  }

  private func run(
    _ units: Range<Int>, _ kernels: BFloat16Kernels, input view: TensorView,
    result: MutableTensorView, scratch: UnsafeMutableRawBufferPointer
  ) {
    guard let x = Pixels(view), let y = result.bytes.baseAddress else { return }
    let row = input[2] * input[3]
    let precision = FloatPrecision(result.elementType)
    var descriptor = st_bf16_resize()
    descriptor.x_is_bf16 = x.precision == .bfloat16 ? 1 : 0
    descriptor.y_is_bf16 = precision == .bfloat16 ? 1 : 0
    descriptor.width = Int32(input[2])
    descriptor.channels = Int32(input[3])
    descriptor.lower = UnsafePointer(columns.lower.base)
    descriptor.upper = UnsafePointer(columns.upper.base)
    descriptor.fractions = UnsafePointer(columns.fractions.base)
    descriptor.count = Int32(output[2])
    descriptor.scratch = scratch.baseAddress?.assumingMemoryBound(to: Float.self)
    for unit in units {
      let (n, i) = unit.quotientAndRemainder(dividingBy: output[1])
      let picture = x.from(n * input[1] * row)
      descriptor.top = picture.from(rows[i].lower * row).base
      descriptor.bottom = picture.from(rows[i].upper * row).base
      descriptor.fraction = rows[i].fraction
      descriptor.y = y + unit * output[2] * output[3] * precision.byteCount
      kernels.table.resize?(&descriptor)
    }
  }
}
