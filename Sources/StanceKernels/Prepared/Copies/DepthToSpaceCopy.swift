import StanceTensors

/// DEPTH_TO_SPACE of elements of any type.
///
/// The order is ``Reference/depthToSpace(_:block:into:)``'s. A unit is a row of output pixels.
/// Inputs: x `[N, H, W, b * b * C]`.
public struct DepthToSpaceCopy: PreparedKernel {
  private let block: Int
  private let width: Int
  /// Bytes of the neighbouring output pixels that lie together in one input pixel.
  private let piece: Int
  public let unitCount: Int

  /// - Parameter output: `[N, H * b, W * b, C]`.
  public init(output: Shape, block: Int, elementByteCount: Int) {
    self.block = block
    width = output[2] / block
    piece = block * output[3] * elementByteCount
    unitCount = output.elementCount == 0 ? 0 : output[0] * output[1]
  }

  public var name: String { "copy_depth_to_space" }
  public var scratchByteCount: Int { 0 }

  public func run(
    units: Range<Int>, inputs: [TensorView], outputs: [MutableTensorView],
    scratch: UnsafeMutableRawBufferPointer
  ) {
    guard !units.isEmpty, let x = inputs[0].bytes.baseAddress,
      let y = outputs[0].bytes.baseAddress
    else { return }
    for unit in units {
      let (row, rowInBlock) = unit.quotientAndRemainder(dividingBy: block)
      let from = x + (row * width * block + rowInBlock) * piece
      let to = y + unit * width * piece
      for column in 0..<width {
        (to + column * piece).copyMemory(from: from + column * block * piece, byteCount: piece)
      }
    }
  }
}
