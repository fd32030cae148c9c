import CStanceKernels
import StanceTensors

/// MEAN of float32 over height and width: x `[N, H, W, C]`, `N * C` results.
///
/// A unit is 64 channels of one picture. Inputs: x.
public struct FloatPictureMean: PreparedKernel {
  private static let unitLength = 64

  private let input: Shape
  private let kernels: FloatKernels

  public init(
    input: Shape, instructionSets: [InstructionSet] = InstructionSet.available
  ) {
    self.input = input
    kernels = FloatKernels.best(in: instructionSets)
  }

  public var name: String { "f32_mean_\(kernels.instructionSet.rawValue)" }
  private var unitsPerPicture: Int { (input[3] + Self.unitLength - 1) / Self.unitLength }
  public var unitCount: Int { input[0] * unitsPerPicture }
  public var scratchByteCount: Int { 0 }

  public func run(
    units: Range<Int>, inputs: [TensorView], outputs: [MutableTensorView],
    scratch: UnsafeMutableRawBufferPointer
  ) {
    guard !units.isEmpty, let x = inputs[0].elements(of: Float.self).baseAddress,
      let y = outputs[0].elements(of: Float.self).baseAddress
    else { return }
    let (pixels, channels) = (input[1] * input[2], input[3])
    for unit in units {
      let (n, part) = unit.quotientAndRemainder(dividingBy: unitsPerPicture)
      let first = part * Self.unitLength
      let count = min(Self.unitLength, channels - first)
      kernels.table.sum?(
        x + n * pixels * channels, pixels, Int32(channels), Int32(first), Int32(count),
        1 / Float(pixels), y + n * channels + first)
    }
  }
}
