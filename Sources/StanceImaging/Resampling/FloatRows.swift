/// Rows of a picture resized along x, then along y, in float without rounding between.
struct FloatRows: RowSource {
  private let picture: PixelBuffer
  private let columns: AxisWeights<Float>
  private let rows: AxisWeights<Float>
  private var cache: RowCache<Float>

  init(_ picture: PixelBuffer, columns: AxisWeights<Float>, rows: AxisWeights<Float>) {
    self.picture = picture
    self.columns = columns
    self.rows = rows
    cache = RowCache(
      rowLength: columns.count * 3, rowCount: min(rows.mostTaps, 2), zero: 0)
  }

  mutating func write(row y: Int, into target: UnsafeMutableBufferPointer<Float>) {
    target.update(repeating: 0)
    for tap in rows.taps(of: y) {
      let (index, weight) = (rows.indices[tap], rows.weights[tap])
      guard index >= 0 else { continue }
      cache.withRow(index) { [picture, columns] row in
        Self.filter(row: index, of: picture, by: columns, into: row)
      } use: { row in
        if weight == 1 {
          for i in 0..<target.count { target[i] += row[i] }
        } else {
          for i in 0..<target.count { target[i] += weight * row[i] }
        }
      }
    }
  }

  private static func filter(
    row y: Int, of picture: PixelBuffer, by columns: AxisWeights<Float>,
    into target: UnsafeMutableBufferPointer<Float>
  ) {
    let start = y * picture.width * 3
    picture.pixels.withUnsafeBufferPointer { pixels in
      guard let reader = PixelReader(pixels) else { return }
      columns.withUnsafeTaps { starts, indices, weights in
        for x in 0..<columns.count {
          var sum = SIMD4<Float>.zero
          for tap in starts[x]..<starts[x + 1] where indices[tap] >= 0 {
            sum += weights[tap] * reader[start + indices[tap] * 3]
          }
          target.write(sum, at: x)
        }
      }
    }
  }
}
