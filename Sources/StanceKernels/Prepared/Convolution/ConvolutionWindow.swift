import StanceTensors

/// Where the bytes under a convolution's windows lie, when one pixel's channels are `channelCount`
/// bytes.
///
/// A row of a window is one piece of memory unless it is dilated: a segment is such a row, or one
/// pixel of it. Columns whose windows lie within the picture horizontally are the inner ones.
struct ConvolutionWindow: Sendable, BitwiseCopyable {
  let kernelHeight: Int
  let kernelWidth: Int
  let channelCount: Int
  let strideWidth: Int
  let dilationWidth: Int
  let outputWidth: Int
  let inputHeight: Int
  let inputWidth: Int
  let outputHeight: Int
  private let geometry: WindowGeometry

  init(
    input: Shape, kernelHeight: Int, kernelWidth: Int, output: Shape, geometry: WindowGeometry
  ) {
    self.kernelHeight = kernelHeight
    self.kernelWidth = kernelWidth
    channelCount = input[3]
    strideWidth = geometry.strideWidth
    // One pixel is not dilated.
    dilationWidth = kernelWidth == 1 ? 1 : geometry.dilationWidth
    outputWidth = output[2]
    inputHeight = input[1]
    inputWidth = input[2]
    outputHeight = output[1]
    self.geometry = geometry
  }

  var tapCount: Int { kernelHeight * (kernelWidth + 1) }
  var segmentCount: Int { dilationWidth == 1 ? kernelHeight : kernelHeight * kernelWidth }
  var segmentLength: Int { dilationWidth == 1 ? kernelWidth * channelCount : channelCount }
  /// Where segments are copied together, each begins at a multiple of 4 bytes.
  var paddedSegmentLength: Int { (segmentLength + 3) / 4 * 4 }
  var patchByteCount: Int { segmentCount * paddedSegmentLength }

  /// Whether output pixels are but input pixels, one after the other.
  var isPointwise: Bool {
    kernelHeight == 1 && kernelWidth == 1 && geometry.strideHeight == 1
      && geometry.strideWidth == 1 && geometry.paddingTop == 0 && geometry.paddingLeft == 0
      && inputHeight == outputHeight && inputWidth == outputWidth
  }

  var inputRowStride: Int { inputWidth * channelCount }

  /// The input row that row `k` of a window sees, counted through all pictures; nil outside of the
  /// picture.
  /// - Parameter row: of the output, counted through all pictures.
  func inputRow(_ row: Int, tap k: Int) -> Int? {
    let (picture, i) = row.quotientAndRemainder(dividingBy: outputHeight)
    let y = i * geometry.strideHeight - geometry.paddingTop + k * geometry.dilationHeight
    guard y >= 0, y < inputHeight else { return nil }
    return picture * inputHeight + y
  }

  func inputColumn(_ column: Int, tap l: Int) -> Int {
    column * strideWidth - geometry.paddingLeft + l * dilationWidth
  }

  /// Those of `columns` whose windows lie within the picture horizontally.
  func inner(_ columns: Range<Int>) -> Range<Int> {
    let lower = (max(geometry.paddingLeft, 0) + strideWidth - 1) / strideWidth
    let room = inputWidth - 1 - (kernelWidth - 1) * dilationWidth + geometry.paddingLeft
    let upper = room < 0 ? 0 : room / strideWidth + 1
    let first = min(max(lower, columns.lowerBound), columns.upperBound)
    return first..<max(first, min(upper, columns.upperBound))
  }

  /// Calls `body` with each segment of the window of an inner column: its index, the row of the
  /// window, the byte within the input row.
  @inline(__always)
  func forEachSegment(column: Int, _ body: (Int, Int, Int) -> Void) {
    let perRow = segmentCount / kernelHeight
    for k in 0..<kernelHeight {
      for l in 0..<perRow {
        body(k * perRow + l, k, inputColumn(column, tap: l) * channelCount)
      }
    }
  }

  /// Calls `body` with each pixel of a window: the row of the window, the byte within a patch, the
  /// byte within the input row, nil outside of the picture.
  @inline(__always)
  func forEachTap(column: Int, _ body: (Int, Int, Int?) -> Void) {
    let perRow = dilationWidth == 1 ? paddedSegmentLength : kernelWidth * paddedSegmentLength
    let perTap = dilationWidth == 1 ? channelCount : paddedSegmentLength
    for k in 0..<kernelHeight {
      for l in 0..<kernelWidth {
        let x = inputColumn(column, tap: l)
        body(k, k * perRow + l * perTap, x >= 0 && x < inputWidth ? x * channelCount : nil)
      }
    }
  }
}

/// A pointer into memory that another property keeps alive and nobody writes any more.
struct UnsafeConstant<Element>: @unchecked Sendable {
  let pointer: UnsafePointer<Element>

  init(_ pointer: UnsafeMutablePointer<Element>) {
    self.pointer = UnsafePointer(pointer)
  }
}
