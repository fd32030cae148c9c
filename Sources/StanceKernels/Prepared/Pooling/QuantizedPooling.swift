import CStanceKernels
import StanceTensors

/// MAX_POOL_2D and AVERAGE_POOL_2D of 8-bit integers, prepared: x `[N, H, W, C]`, output
/// `[N, oH, oW, C]` of the same quantisation, with the plain kernels' results. A unit is a row of
/// output pixels.
public struct QuantizedPooling: PreparedKernel {
  public enum Kind: Hashable, Sendable {
    case max, average
  }

  public let name: String
  public let unitCount: Int
  public let scratchByteCount: Int
  private let functions: ByteFunctions
  private let kind: Kind
  private let input: Shape
  private let output: Shape
  private let windowHeight: Int
  private let windowWidth: Int
  private let geometry: WindowGeometry
  private let bounds: ClosedRange<Int32>
  private let flip: UInt8
  /// What clamps the largest element to the upper bound.
  private let clamp: [UInt8]?

  /// - Parameter bounds: of the results, within the element type.
  /// - Returns: nil for types that are not 8-bit.
  public init?(
    _ kind: Kind, input: Shape, output: Shape, elementType: ElementType, windowHeight: Int,
    windowWidth: Int, geometry: WindowGeometry, bounds: ClosedRange<Int32>,
    instructionSets: [InstructionSet] = InstructionSet.available
  ) {
    guard input.rank == 4, output.rank == 4, let domain = ByteDomain(elementType),
      let functions = ByteFunctions(instructionSets)
    else { return nil }
    self.functions = functions
    self.kind = kind
    self.input = input
    self.output = output
    self.windowHeight = windowHeight
    self.windowWidth = windowWidth
    self.geometry = geometry
    self.bounds = bounds
    flip = domain.flip
    name = functions.name(kind == .max ? "maximum" : "average")
    unitCount = output.elementCount == 0 ? 0 : output[0] * output[1]
    scratchByteCount = kind == .max ? 0 : 4 * input[3]
    let highest = bounds.upperBound + Int32(domain.flip)
    clamp =
      highest >= 255
      ? nil
      : (0...255).map { stored in
        let unsigned = Int32(stored ^ Int(domain.flip))
        return UInt8(truncatingIfNeeded: min(unsigned, highest)) ^ domain.flip
      }
  }

  public func run(
    units: Range<Int>, inputs: [TensorView], outputs: [MutableTensorView],
    scratch: UnsafeMutableRawBufferPointer
  ) {
    guard !units.isEmpty, let y = outputs[0].bytes.bindMemory(to: UInt8.self).baseAddress
    else { return }
    // A picture without pixels gives the lowest result everywhere.
    let x = inputs[0].bytes.bindMemory(to: UInt8.self).baseAddress ?? UnsafePointer(y)
    let channels = output[3]
    let sums = scratch.bindMemory(to: Int32.self).baseAddress
    var target = y + units.lowerBound * output[2] * channels
    for unit in units {
      let (picture, i) = unit.quotientAndRemainder(dividingBy: output[1])
      let rows = clipped(
        i * geometry.strideHeight - geometry.paddingTop, windowHeight, to: input[1])
      for j in 0..<output[2] {
        let columns = clipped(
          j * geometry.strideWidth - geometry.paddingLeft, windowWidth, to: input[2])
        let window = Window(
          base: x + picture * input[1] * input[2] * channels, rows: rows, columns: columns,
          width: input[2], channels: channels)
        if kind == .max {
          maximum(window, target)
        } else if let sums {
          average(window, sums, target)
        }
        target += channels
      }
    }
  }

  private struct Window {
    let base: UnsafePointer<UInt8>
    let rows: Range<Int>
    let columns: Range<Int>
    let width: Int
    let channels: Int

    @inline(__always)
    func forEachPixel(_ body: (UnsafePointer<UInt8>) -> Void) {
      for row in rows {
        for column in columns { body(base + (row * width + column) * channels) }
      }
    }
  }

  private func maximum(_ window: Window, _ y: UnsafeMutablePointer<UInt8>) {
    let lowest = UInt8(truncatingIfNeeded: bounds.lowerBound)
    y.update(repeating: lowest, count: window.channels)
    window.forEachPixel { functions.table.maximum?($0, flip, y, window.channels) }
    if let clamp { st_u8_lookup__scalar(y, clamp, y, window.channels) }
  }

  private func average(
    _ window: Window, _ sums: UnsafeMutablePointer<Int32>, _ y: UnsafeMutablePointer<UInt8>
  ) {
    sums.update(repeating: 0, count: window.channels)
    window.forEachPixel { functions.table.accumulate?($0, flip, sums, window.channels) }
    let count = Int32(max(window.rows.count * window.columns.count, 1))
    // Halves are rounded away from zero, which for int8 is not that of the unsigned bytes.
    let offset = Int32(flip) &* Int32(window.rows.count * window.columns.count)
    for channel in 0..<window.channels {
      let sum = sums[channel] &- offset
      let average = (sum &+ (sum > 0 ? count / 2 : -(count / 2))) / count
      y[channel] = UInt8(truncatingIfNeeded: bounds.clamp(average))
    }
  }

  private func clipped(_ start: Int, _ count: Int, to size: Int) -> Range<Int> {
    let lower = min(max(start, 0), size)
    return lower..<max(lower, min(start + count, size))
  }
}
