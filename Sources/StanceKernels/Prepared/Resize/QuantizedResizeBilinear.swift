import CStanceKernels
import StanceTensors

/// RESIZE_BILINEAR of 8-bit integers, prepared: x `[N, H, W, C]`, output `[N, oH, oW, C]` of the same
/// quantisation, with ``Reference/resizeBilinearQuantized(_:output:alignsCorners:usesHalfPixelCenters:)``'s
/// results. A unit is a row of output pixels.
public struct QuantizedResizeBilinear: PreparedKernel {
  /// Two neighbours along an axis, and how far between them to look in 2048ths.
  private struct Sample {
    let lower: Int
    let upper: Int
    let weight: Int32

    init(_ sample: Reference.Sample) {
      lower = sample.lower
      upper = sample.upper
      weight = (sample.fraction * 2048).roundedToEven
    }
  }

  public var name: String { functions.name("interpolate") }
  public let unitCount: Int
  public let scratchByteCount = 0
  private let functions: ByteFunctions
  private let flip: UInt8
  private let input: Shape
  private let rows: [Sample]
  private let columns: [Sample]

  /// - Returns: nil for types that are not 8-bit and pictures without pixels.
  public init?(
    input: Shape, output: Shape, elementType: ElementType, alignsCorners: Bool,
    usesHalfPixelCenters: Bool, instructionSets: [InstructionSet] = InstructionSet.available
  ) {
    guard input.rank == 4, output.rank == 4, input.elementCount > 0, output.elementCount > 0,
      let domain = ByteDomain(elementType), let functions = ByteFunctions(instructionSets)
    else { return nil }
    self.functions = functions
    self.input = input
    flip = domain.flip
    func samples(_ axis: Int) -> [Sample] {
      Reference.samples(input[axis], output[axis], alignsCorners, usesHalfPixelCenters)
        .map(Sample.init)
    }
    rows = samples(1)
    columns = samples(2)
    unitCount = output[0] * output[1]
  }

  public func run(
    units: Range<Int>, inputs: [TensorView], outputs: [MutableTensorView],
    scratch: UnsafeMutableRawBufferPointer
  ) {
    guard !units.isEmpty, let x = inputs[0].bytes.bindMemory(to: UInt8.self).baseAddress,
      var y = outputs[0].bytes.bindMemory(to: UInt8.self).baseAddress
    else { return }
    let (height, width, channels) = (input[1], input[2], input[3])
    y += units.lowerBound * columns.count * channels
    for unit in units {
      let (picture, index) = unit.quotientAndRemainder(dividingBy: rows.count)
      let row = rows[index]
      let top = x + (picture * height + row.lower) * width * channels
      let bottom = x + (picture * height + row.upper) * width * channels
      for column in columns {
        let (left, right) = (column.lower * channels, column.upper * channels)
        withUnsafeTemporaryCorners(top + left, top + right, bottom + left, bottom + right) {
          functions.table.interpolate?($0, column.weight, row.weight, flip, y, channels)
        }
        y += channels
      }
    }
  }

  @inline(__always)
  private func withUnsafeTemporaryCorners(
    _ a: UnsafePointer<UInt8>, _ b: UnsafePointer<UInt8>, _ c: UnsafePointer<UInt8>,
    _ d: UnsafePointer<UInt8>, _ body: (UnsafePointer<UnsafePointer<UInt8>?>) -> Void
  ) {
    var corners:
      (
        UnsafePointer<UInt8>?, UnsafePointer<UInt8>?, UnsafePointer<UInt8>?, UnsafePointer<UInt8>?
      ) = (a, b, c, d)
    withUnsafePointer(to: &corners) { tuple in
      tuple.withMemoryRebound(to: UnsafePointer<UInt8>?.self, capacity: 4) { body($0) }
    }
  }
}
