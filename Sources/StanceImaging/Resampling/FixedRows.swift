/// Rows of a picture resized along x, then along y, by whole numbers as PIL does: each pass is
/// rounded to 8 bits.
struct FixedRows: RowSource {
  private let picture: PixelBuffer
  private let columns: AxisWeights<Int32>
  private let rows: AxisWeights<Int32>
  private var cache: RowCache<UInt8>
  private var sums: [Int32]

  init(_ picture: PixelBuffer, columns: AxisWeights<Int32>, rows: AxisWeights<Int32>) {
    self.picture = picture
    self.columns = columns
    self.rows = rows
    let rowLength = columns.count * 3
    cache = RowCache(rowLength: rowLength, rowCount: rows.mostTaps, zero: 0)
    sums = [Int32](repeating: 0, count: rowLength)
  }

  mutating func write(row y: Int, into target: UnsafeMutableBufferPointer<Float>) {
    for i in 0..<sums.count { sums[i] = Self.half }
    for tap in rows.taps(of: y) {
      let (index, weight) = (rows.indices[tap], rows.weights[tap])
      guard index >= 0 else { continue }
      cache.withRow(index) { [picture, columns] row in
        Self.filter(row: index, of: picture, by: columns, into: row)
      } use: { row in
        sums.withUnsafeMutableBufferPointer { sums in
          for i in 0..<sums.count { sums[i] &+= weight &* Int32(row[i]) }
        }
      }
    }
    for i in 0..<target.count { target[i] = Float(Self.rounded(sums[i])) }
  }

  private static let half = Int32(1) << (ResampledAxis.triangleBits - 1)

  private static func rounded(_ sum: Int32) -> UInt8 {
    UInt8(min(max(sum >> ResampledAxis.triangleBits, 0), 255))
  }

  private static func filter(
    row y: Int, of picture: PixelBuffer, by columns: AxisWeights<Int32>,
    into target: UnsafeMutableBufferPointer<UInt8>
  ) {
    let start = y * picture.width * 3
    picture.pixels.withUnsafeBufferPointer { pixels in
      guard let reader = PixelReader(pixels) else { return }
      columns.withUnsafeTaps { starts, indices, weights in
        for x in 0..<columns.count {
          var sum = SIMD4<Int32>(repeating: half)
          for tap in starts[x]..<starts[x + 1] where indices[tap] >= 0 {
            let pixel = reader.pixel(at: start + indices[tap] * 3)
            sum &+= weights[tap] &* SIMD4<Int32>(truncatingIfNeeded: pixel)
          }
          for channel in 0..<3 { target[x * 3 + channel] = rounded(sum[channel]) }
        }
      }
    }
  }
}
