/// Cells of a network's output: the centre of the cell in row r and column c is the point (c, r).
public enum GridSpace: CoordinateSpace {}

/// How likely something is at each place of an image, as logits on a grid of cells laid over it.
public struct LogitGrid: Hashable, Sendable {
  /// What lies around the grid.
  public enum Surroundings: String, Hashable, Sendable {
    /// The outermost cells go on for ever.
    case outermostCells
    /// Nothing is likely there.
    case nothing
  }

  /// How places between cells come by their value.
  public enum Interpolation: String, Hashable, Sendable {
    /// From the logits of the four cells around, as TensorFlow.js does it: for coarse grids, whose
    /// logits tell where between two cells an edge lies.
    case logits
    /// From the probabilities of the cells around, as MediaPipe does it, without creases: for fine
    /// grids, whose logits jump at edges.
    case probabilities
  }

  /// Cells from top to bottom, at least 1.
  public let rows: Int
  /// Cells from left to right, at least 1.
  public let columns: Int
  /// How many things are told apart.
  public let channels: Int
  /// `[rows, columns, channels]`, all finite.
  public let logits: [Float]
  /// Where a place of the image lies on the grid.
  public let imageToGrid: AffineTransform<ImageSpace, GridSpace>
  /// Beyond half a cell around the outermost cells' centres.
  public let surroundings: Surroundings
  /// Between cells.
  public let interpolation: Interpolation

  /// - Parameter logits: NaN counts as impossible; numbers beyond a million count as a million.
  /// - Precondition: there are `rows * columns * channels` logits, and at least one cell.
  public init(
    rows: Int, columns: Int, channels: Int = 1, logits: [Float],
    imageToGrid: AffineTransform<ImageSpace, GridSpace>,
    surroundings: Surroundings = .outermostCells, interpolation: Interpolation = .logits
  ) {
    precondition(rows > 0 && columns > 0 && logits.count == rows * columns * channels)
    self.rows = rows
    self.columns = columns
    self.channels = channels
    self.logits = logits.map { $0.isNaN ? -Self.limit : min(max($0, -Self.limit), Self.limit) }
    self.imageToGrid = imageToGrid
    self.surroundings = surroundings
    self.interpolation = interpolation
  }

  private static let limit: Float = 1e6
}
