import StancePose

/// Reads a ``LogitGrid`` between its cells, at places of a picture.
struct GridSampler {
  private let grid: LogitGrid
  /// Takes a place of the picture, which may be a smaller copy of the image, to the grid.
  private let toGrid: AffineTransform<ImageSpace, GridSpace>

  init(_ grid: LogitGrid, picture: PixelSize, image: ImageSize) {
    self.grid = grid
    toGrid = AffineTransform<ImageSpace, ImageSpace>(
      scaleX: Double(image.width) / Double(picture.width),
      scaleY: Double(image.height) / Double(picture.height)
    ).followed(by: grid.imageToGrid)
  }

  /// A place on the grid: the cells around it, and how far it is on from the top-left one.
  struct Place {
    let topLeft, topRight, bottomLeft, bottomRight: Int
    let right, down: Float
  }

  /// Whether anything is likely at the middle of a pixel.
  func reaches(x: Int, y: Int) -> Bool {
    guard grid.surroundings == .nothing else { return true }
    let point = toGrid(ImagePoint(x: Double(x) + 0.5, y: Double(y) + 0.5))
    return point.x >= -0.5 && point.x <= Double(grid.columns) - 0.5 && point.y >= -0.5
      && point.y <= Double(grid.rows) - 0.5
  }

  /// - Parameters:
  ///   - x: from the picture's left edge; a pixel's middle is half a pixel on from its number.
  ///   - y: from the top edge.
  func place(x: Double, y: Double) -> Place {
    let (column, row) = nearest(x: x, y: y)
    let (left, top) = (Int(column), Int(row))
    let upper = top * grid.columns
    let lower = min(top + 1, grid.rows - 1) * grid.columns
    let far = min(left + 1, grid.columns - 1)
    return Place(
      topLeft: upper + left, topRight: upper + far, bottomLeft: lower + left,
      bottomRight: lower + far, right: Float(column - Double(left)),
      down: Float(row - Double(top)))
  }

  /// The place on the grid; of places beyond the outermost cells' middles the nearest between them.
  func nearest(x: Double, y: Double) -> (column: Double, row: Double) {
    let point = toGrid(ImagePoint(x: x, y: y))
    return (
      min(max(point.x, 0), Double(grid.columns - 1)), min(max(point.y, 0), Double(grid.rows - 1))
    )
  }

  /// The logit of `channel` at `place`.
  func value(_ channel: Int, at place: Place, _ logits: UnsafeBufferPointer<Float>) -> Float {
    let count = grid.channels
    let upper =
      (1 - place.right) * logits[place.topLeft * count + channel]
      + place.right * logits[place.topRight * count + channel]
    let lower =
      (1 - place.right) * logits[place.bottomLeft * count + channel]
      + place.right * logits[place.bottomRight * count + channel]
    return (1 - place.down) * upper + place.down * lower
  }
}
