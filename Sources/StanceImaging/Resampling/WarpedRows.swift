import StancePose

/// Rows sampled from a picture point by point through an affine transform.
struct WarpedRows: RowSource {
  private let picture: PixelBuffer
  private let interpolation: WarpInterpolation
  private let border: Border
  private var positions: WarpedPositions

  /// - Parameter width: of a row.
  init(
    _ picture: PixelBuffer, width: Int, transform: AffineTransform<ModelSpace, ImageSpace>,
    interpolation: WarpInterpolation, border: Border
  ) {
    self.picture = picture
    self.interpolation = interpolation
    self.border = border
    positions = WarpedPositions(width: width, transform: transform, interpolation: interpolation)
  }

  mutating func write(row y: Int, into target: UnsafeMutableBufferPointer<Float>) {
    positions.move(to: y)
    picture.pixels.withUnsafeBufferPointer { pixels in
      guard let reader = PixelReader(pixels) else { return }
      let source = Source(
        reader: reader, width: picture.width, height: picture.height,
        isBlackAround: border == .zero)
      positions.columns.withUnsafeBufferPointer { columns in
        positions.rows.withUnsafeBufferPointer { rows in
          positions.rights.withUnsafeBufferPointer { rights in
            positions.downs.withUnsafeBufferPointer { downs in
              for x in 0..<columns.count {
                let (column, row) = (Int(columns[x]), Int(rows[x]))
                switch interpolation {
                case .nearest: target.write(source.pixel(column, row), at: x)
                case .bilinear, .cornerBilinear:
                  let window = source.window(column, row)
                  target.write(window.mixed(right: rights[x], down: downs[x]), at: x)
                case .openCV:
                  let window = source.window(column, row)
                  target.write(window.rounded(rights: rights[x], downs: downs[x]), at: x)
                }
              }
            }
          }
        }
      }
    }
  }
}

/// The ways of ``Interpolation`` that can follow any affine transform.
enum WarpInterpolation {
  case nearest, bilinear, cornerBilinear, openCV
}

/// A picture that goes on beyond its sides.
private struct Source {
  let reader: PixelReader
  let width: Int
  let height: Int
  let isBlackAround: Bool

  @inline(__always)
  func pixel(_ column: Int, _ row: Int) -> SIMD4<Float> {
    guard column < 0 || row < 0 || column >= width || row >= height else {
      return reader[(row * width + column) * 3]
    }
    if isBlackAround { return .zero }
    let (x, y) = (min(max(column, 0), width - 1), min(max(row, 0), height - 1))
    return reader[(y * width + x) * 3]
  }

  /// A pixel, its neighbour to the right, and the two below them.
  @inline(__always)
  func window(_ column: Int, _ row: Int) -> Window {
    guard column < 0 || row < 0 || column + 1 >= width || row + 1 >= height else {
      let start = (row * width + column) * 3
      let below = start + width * 3
      return Window(
        topLeft: reader[start], topRight: reader[start + 3], bottomLeft: reader[below],
        bottomRight: reader[below + 3])
    }
    return Window(
      topLeft: pixel(column, row), topRight: pixel(column + 1, row),
      bottomLeft: pixel(column, row + 1), bottomRight: pixel(column + 1, row + 1))
  }
}

/// Four neighbouring pixels.
private struct Window {
  let topLeft: SIMD4<Float>
  let topRight: SIMD4<Float>
  let bottomLeft: SIMD4<Float>
  let bottomRight: SIMD4<Float>

  /// - Parameters:
  ///   - right: how far between the left and the right ones, 0...1.
  ///   - down: how far between the upper and the lower ones, 0...1.
  @inline(__always)
  func mixed(right: Float, down: Float) -> SIMD4<Float> {
    let (left, up) = (1 - right, 1 - down)
    let top = (left * up) * topLeft + (right * up) * topRight
    return top + (left * down) * bottomLeft + (right * down) * bottomRight
  }

  /// As OpenCV: rounded to 8 bits, half upwards. All sums are whole numbers that float holds exactly.
  /// - Parameters:
  ///   - rights: how many 32nds of a pixel between the left and the right ones.
  ///   - downs: how many between the upper and the lower ones.
  @inline(__always)
  func rounded(rights: Float, downs: Float) -> SIMD4<Float> {
    let top = (32 - rights) * topLeft + rights * topRight
    let bottom = (32 - rights) * bottomLeft + rights * bottomRight
    let sum = (32 - downs) * top + downs * bottom
    // A float from 2^23 on has no bits behind the point: these are the sum's, half of 1024 added.
    let bits = unsafeBitCast(sum + (0x1p23 + 512), to: SIMD4<UInt32>.self)
    let whole = (bits & 0x7F_FFFF) &>> 10
    return unsafeBitCast(whole | 0x4B00_0000, to: SIMD4<Float>.self) - 0x1p23
  }
}
