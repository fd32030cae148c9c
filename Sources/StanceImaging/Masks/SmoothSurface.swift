import StancePose

/// The first channel of a ``LogitGrid`` as a surface without creases, which is above 0 where a place
/// is likelier than a threshold.
///
/// Probabilities are blended by cubic B-splines. Logits would not do: where a network is sure they
/// run to a thousand, and next to them the edge keeps to the border of a cell.
struct SmoothSurface {
  private let rows: Int
  private let columns: Int
  /// `[rows + 3, columns + 3]`, -0.5...0.5, the outermost cells repeated: one before the first, two
  /// after the last.
  private let heights: [Float]
  /// `[rows - 3, columns - 3]`: the height beyond a cell where all that is blended there is sure of
  /// one side, which is so nearly everywhere; else 0.
  private let plains: [Float]

  init(_ grid: LogitGrid, threshold: Float) {
    rows = grid.rows + 3
    columns = grid.columns + 3
    let margins = grid.margins(over: threshold)
    var heights: [Float] = []
    heights.reserveCapacity(rows * columns)
    for row in -1...grid.rows + 1 {
      let start = min(max(row, 0), grid.rows - 1) * grid.columns
      for column in -1...grid.columns + 1 {
        heights.append(margins[start + min(max(column, 0), grid.columns - 1)])
      }
    }
    self.heights = heights
    let width = columns
    plains = (0..<grid.rows * grid.columns).map { cell in
      let start = cell / grid.columns * width + cell % grid.columns
      let side = heights[start].sign
      for row in 0..<4 {
        for place in start + row * width..<start + row * width + 4
        where heights[place].sign != side || heights[place].magnitude < 0.4999 {
          return 0
        }
      }
      return side == .plus ? 0.5 : -0.5
    }
  }

  /// - Parameters:
  ///   - column: 0 to the number of the last one.
  ///   - row: 0 to the number of the last one.
  func height(column: Double, row: Double) -> Float {
    let (left, top) = (Int(column), Int(row))
    let plain = plains[top * (columns - 3) + left]
    if plain != 0 { return plain }
    let along = Self.weights(Float(column - Double(left)))
    let down = Self.weights(Float(row - Double(top)))
    return heights.withUnsafeBufferPointer { heights in
      func line(_ number: Int) -> Float {
        let start = (top + number) * columns + left
        return along.0 * heights[start] + along.1 * heights[start + 1]
          + along.2 * heights[start + 2] + along.3 * heights[start + 3]
      }
      return down.0 * line(0) + down.1 * line(1) + down.2 * line(2) + down.3 * line(3)
    }
  }

  /// Of the cell before, the two around, and the one after a place that is `t`, 0...1, on.
  private static func weights(_ t: Float) -> (Float, Float, Float, Float) {
    let rest = 1 - t
    let (square, cube) = (t * t, t * t * t)
    return (
      rest * rest * rest / 6, (3 * cube - 6 * square + 4) / 6,
      (3 * (t + square - cube) + 1) / 6, cube / 6
    )
  }
}
