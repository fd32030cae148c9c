import CStanceKernels
import StanceTensors

/// MAX_POOL_2D and AVERAGE_POOL_2D of float32, over the pixels inside of the picture.
///
/// A unit is an output pixel. Inputs: x `[N, H, W, C]`.
public struct FloatPooling: PreparedKernel {
  public enum Kind: String, Hashable, Sendable { case average, max }

  private let kind: Kind
  private let input: Shape
  private let output: Shape
  private let windowHeight: Int
  private let windowWidth: Int
  private let geometry: WindowGeometry
  private let bounds: ClosedRange<Float>
  private let kernels: FloatKernels

  public init(
    _ kind: Kind, input: Shape, output: Shape, windowHeight: Int, windowWidth: Int,
    geometry: WindowGeometry, bounds: ClosedRange<Float>,
    instructionSets: [InstructionSet] = InstructionSet.available
  ) {
    self.kind = kind
    self.input = input
    self.output = output
    self.windowHeight = windowHeight
    self.windowWidth = windowWidth
    self.geometry = geometry
    self.bounds = bounds
    kernels = FloatKernels.best(in: instructionSets)
  }

  public var name: String {
    "f32_\(kind.rawValue)_pool_\(kernels.instructionSet.rawValue)"
  }

  public var unitCount: Int { output.elementCount == 0 ? 0 : output[0] * output[1] * output[2] }
  public var scratchByteCount: Int { 0 }

  public func run(
    units: Range<Int>, inputs: [TensorView], outputs: [MutableTensorView],
    scratch: UnsafeMutableRawBufferPointer
  ) {
    guard !units.isEmpty, unitCount > 0,
      let x = inputs[0].elements(of: Float.self).baseAddress,
      let y = outputs[0].elements(of: Float.self).baseAddress
    else { return }
    let pixels = output[1] * output[2]
    var descriptor = descriptor()
    var unit = units.lowerBound
    while unit < units.upperBound {
      let (picture, first) = unit.quotientAndRemainder(dividingBy: pixels)
      let count = min(units.upperBound - unit, pixels - first)
      descriptor.x = x + picture * input[1] * input[2] * input[3]
      descriptor.y = y + unit * output[3]
      descriptor.first_pixel = Int32(first)
      descriptor.pixel_count = Int32(count)
      kernels.table.pooling?(&descriptor)
      unit += count
    }
  }

  private func descriptor() -> st_f32_pooling {
    var result = st_f32_pooling()
    result.height = Int32(input[1])
    result.width = Int32(input[2])
    result.channels = Int32(input[3])
    result.kernel_height = Int32(windowHeight)
    result.kernel_width = Int32(windowWidth)
    result.stride_height = Int32(geometry.strideHeight)
    result.stride_width = Int32(geometry.strideWidth)
    result.top = Int32(geometry.paddingTop)
    result.left = Int32(geometry.paddingLeft)
    result.out_width = Int32(output[2])
    result.is_average = kind == .average ? 1 : 0
    result.initial = -.infinity
    result.lowest = bounds.lowerBound
    result.highest = bounds.upperBound
    return result
  }
}
