/// A place between the cells of a grid: the four cells around it and how near it is to each.
struct BilinearCells: Hashable, Sendable {
  /// Numbers of cells in reading order.
  let topLeft, topRight, bottomLeft, bottomRight: Int
  /// From the upper cells to the lower ones, 0..<1.
  let down: Double
  /// From the left cells to the right ones, 0..<1.
  let right: Double

  /// Places outside of the grid count as the nearest one on its border.
  ///
  /// - Precondition: neither coordinate is NaN, and there is at least one row and one column.
  init(row: Double, column: Double, rows: Int, columns: Int) {
    let row = min(max(row, 0), Double(rows - 1))
    let column = min(max(column, 0), Double(columns - 1))
    let (top, left) = (Int(row), Int(column))
    let (bottom, far) = (min(top + 1, rows - 1), min(left + 1, columns - 1))
    topLeft = top * columns + left
    topRight = top * columns + far
    bottomLeft = bottom * columns + left
    bottomRight = bottom * columns + far
    down = row - Double(top)
    right = column - Double(left)
  }
}

extension FeatureGrid {
  /// The value between four cells on the surface of straight lines along both axes.
  ///
  /// A cell that is infinite or NaN counts even where it is infinitely little.
  func value(between cells: BilinearCells, _ channel: Int) -> Double {
    let topLeft = Double(self[cell: cells.topLeft, channel])
    let topRight = Double(self[cell: cells.topRight, channel])
    let bottomLeft = Double(self[cell: cells.bottomLeft, channel])
    let bottomRight = Double(self[cell: cells.bottomRight, channel])
    let (right, left) = (cells.right, 1 - cells.right)
    return (1 - cells.down) * (left * topLeft + right * topRight)
      + cells.down * (left * bottomLeft + right * bottomRight)
  }
}

extension VectorField {
  /// `point` moved by the vector of `index` between `cells`; not finite where a vector is not.
  func displace(_ point: ModelPoint, between cells: BilinearCells, index: Int) -> ModelPoint {
    ModelPoint(
      x: point.x + grid.value(between: cells, firstChannel + count + index),
      y: point.y + grid.value(between: cells, firstChannel + index))
  }
}
