/// How the cells of PoseNet's outputs lie on the model's input.
struct PoseNetGrid: Hashable, Sendable {
  let rows: Int
  let columns: Int
  /// Pixels of the model's input from one row to the next; more than 0, not always whole.
  let strideY: Double
  /// Pixels of the model's input from one column to the next; more than 0, not always whole.
  let strideX: Double
  let rounding: PoseNetParameters.Rounding

  /// - Throws: ``PoseDecodingError`` where a side of the input is shorter than its cells are many.
  /// - Precondition: there is at least one row and one column.
  init(
    rows: Int, columns: Int, inputSize: ModelSize, mapping: PoseNetParameters.GridMapping,
    rounding: PoseNetParameters.Rounding
  ) throws {
    precondition(rows > 0 && columns > 0)
    guard inputSize.height >= rows, inputSize.width >= columns else {
      throw PoseDecodingError(
        .invalidInputSize,
        "a model input of \(inputSize) pixels cannot give heat maps of \(rows) rows and "
          + "\(columns) columns; pass the size of the tensor that the model was run on")
    }
    self.rows = rows
    self.columns = columns
    self.rounding = rounding
    strideY = Self.stride(side: inputSize.height, cells: rows, mapping: mapping)
    strideX = Self.stride(side: inputSize.width, cells: columns, mapping: mapping)
  }

  /// A single cell covers the whole side.
  static func stride(
    side: Int, cells: Int, mapping: PoseNetParameters.GridMapping
  ) -> Double {
    guard cells > 1 else { return Double(side) }
    return switch mapping {
    case .cellsAtStride: Double(side - 1) / Double(cells - 1)
    case .edgeToEdge: Double(side) / Double(cells - 1)
    }
  }

  /// Where `cell` lies in the model's input.
  func position(of cell: GridCell) -> ModelPoint {
    ModelPoint(x: Double(cell.column) * strideX, y: Double(cell.row) * strideY)
  }

  /// The cell nearest to `point`, for points outside the one at the border; nil where a coordinate
  /// is not finite.
  func cell(nearestTo point: ModelPoint) -> GridCell? {
    guard point.isFinite else { return nil }
    return GridCell(
      row: Self.index(nearestTo: point.y / strideY, count: rows, rounding: rounding),
      column: Self.index(nearestTo: point.x / strideX, count: columns, rounding: rounding))
  }

  /// The cells around `point`, for points outside those at the border; nil where a coordinate is
  /// not finite.
  func cells(around point: ModelPoint) -> BilinearCells? {
    guard point.isFinite else { return nil }
    return BilinearCells(
      row: point.y / strideY, column: point.x / strideX, rows: rows, columns: columns)
  }

  /// `point`, or the nearest one on the border of the outermost cells' centres.
  func clamped(_ point: ModelPoint) -> ModelPoint {
    ModelPoint(
      x: min(max(point.x, 0), Double(columns - 1) * strideX),
      y: min(max(point.y, 0), Double(rows - 1) * strideY))
  }

  /// - Precondition: `coordinate` is not NaN.
  static func index(
    nearestTo coordinate: Double, count: Int, rounding: PoseNetParameters.Rounding
  ) -> Int {
    let rounded =
      switch rounding {
      case .halfUp: (coordinate + 0.5).rounded(.down)
      case .halfToEven: coordinate.rounded(.toNearestOrEven)
      }
    return Int(min(max(rounded, 0), Double(count - 1)))
  }
}
