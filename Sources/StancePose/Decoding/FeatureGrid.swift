import StanceTensors

/// A cell of a heat map; (0, 0) is at the top left.
struct GridCell: Hashable, Sendable {
  var row: Int
  var column: Int
}

/// A network's output [1, rows, columns, channels] as real numbers.
struct FeatureGrid: Hashable, Sendable {
  let rows: Int
  let columns: Int
  let channels: Int
  /// `[rows, columns, channels]`.
  let elements: [Float]

  /// Reads `tensor`; quantised integers are dequantised.
  /// - Throws: ``PoseDecodingError`` where it is not [1, rows, columns, channels], has no element,
  ///   or its elements are no real numbers.
  init(_ tensor: Tensor, name: String) throws {
    guard let (rows, columns, channels) = Self.dimensions(of: tensor.shape) else {
      throw PoseDecodingError(
        .mismatchedShape,
        "output \"\(name)\" has shape \(tensor.shape); [1, rows, columns, channels] is needed")
    }
    (self.rows, self.columns, self.channels) = (rows, columns, channels)
    elements = try tensor.realElements(ofOutput: name)
  }

  /// nil where `shape` is not [1, rows, columns, channels] with at least one element.
  static func dimensions(of shape: Shape) -> (rows: Int, columns: Int, channels: Int)? {
    guard shape.rank == 4, shape[0] == 1, shape.elementCount > 0 else { return nil }
    return (shape[1], shape[2], shape[3])
  }

  /// - Precondition: cell and channel lie within the grid.
  subscript(cell: GridCell, channel: Int) -> Float {
    self[cell: cell.row * columns + cell.column, channel]
  }

  /// - Precondition: the cell's number in reading order and the channel lie within the grid.
  subscript(cell number: Int, channel: Int) -> Float {
    elements[number * channels + channel]
  }
}

/// Vectors in pixels of the model's input, one for each cell and index; in the grid's channels all
/// vertical parts come first, then all horizontal ones.
struct VectorField: Hashable, Sendable {
  let grid: FeatureGrid
  let firstChannel: Int
  /// How many vectors a cell has.
  let count: Int

  /// - Precondition: `grid` has the channels `firstChannel..<firstChannel + 2 * count`.
  init(_ grid: FeatureGrid, firstChannel: Int = 0, count: Int) {
    precondition(firstChannel >= 0 && firstChannel + 2 * count <= grid.channels)
    self.grid = grid
    self.firstChannel = firstChannel
    self.count = count
  }

  /// `point` moved by the vector of `index` at `cell`; not finite where the vector is not.
  func displace(_ point: ModelPoint, at cell: GridCell, index: Int) -> ModelPoint {
    ModelPoint(
      x: point.x + Double(grid[cell, firstChannel + count + index]),
      y: point.y + Double(grid[cell, firstChannel + index]))
  }
}

extension Tensor {
  /// The elements as real numbers, or an error that names the output.
  func realElements(ofOutput name: String) throws -> [Float] {
    do {
      return try realElements()
    } catch let error as TensorError {
      throw PoseDecodingError(
        .unreadableElements, "output \"\(name)\" cannot be decoded: \(error.description)")
    }
  }
}
