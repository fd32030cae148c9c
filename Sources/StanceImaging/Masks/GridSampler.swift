import StancePose

/// Reads a ``LogitGrid`` between its cells, pixel by pixel along the rows of a picture.
struct GridSampler {
  private let grid: LogitGrid
  /// Takes a pixel's column and row to the grid: its middle, in the image that the picture may be
  /// a smaller copy of.
  private let toGrid: AffineTransform<ImageSpace, GridSpace>

  init(_ grid: LogitGrid, picture: PixelSize, image: ImageSize) {
    self.grid = grid
    let (scaleX, scaleY) = (
      Double(image.width) / Double(picture.width), Double(image.height) / Double(picture.height)
    )
    toGrid = AffineTransform<ImageSpace, ImageSpace>(
      scaleX: scaleX, scaleY: scaleY, offsetX: scaleX / 2, offsetY: scaleY / 2
    ).followed(by: grid.imageToGrid)
  }

  /// A pixel's place on the grid: the cells around it, and how far it is on from the top-left one.
  struct Place {
    let topLeft, topRight, bottomLeft, bottomRight: Int
    let right, down: Float
  }

  /// nil where nothing is likely.
  func place(x: Int, y: Int) -> Place? {
    let point = toGrid(ImagePoint(x: Double(x), y: Double(y)))
    let (lastRow, lastColumn) = (Double(grid.rows - 1), Double(grid.columns - 1))
    if grid.surroundings == .nothing {
      guard point.x >= -0.5, point.x <= lastColumn + 0.5, point.y >= -0.5, point.y <= lastRow + 0.5
      else { return nil }
    }
    let (column, row) = (min(max(point.x, 0), lastColumn), min(max(point.y, 0), lastRow))
    let (left, top) = (Int(column), Int(row))
    let upper = top * grid.columns
    let lower = min(top + 1, grid.rows - 1) * grid.columns
    let far = min(left + 1, grid.columns - 1)
    return Place(
      topLeft: upper + left, topRight: upper + far, bottomLeft: lower + left,
      bottomRight: lower + far, right: Float(column - Double(left)),
      down: Float(row - Double(top)))
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

  /// How fast the logit of `channel` less that of `other` grows from one pixel of the picture to the
  /// next, at `place`; `other` nil for the logit alone.
  func steepness(
    _ channel: Int, less other: Int? = nil, at place: Place, _ logits: UnsafeBufferPointer<Float>
  ) -> Float {
    func corner(_ cell: Int) -> Float {
      let start = cell * grid.channels
      return logits[start + channel] - (other.map { logits[start + $0] } ?? 0)
    }
    let (topLeft, topRight) = (corner(place.topLeft), corner(place.topRight))
    let (bottomLeft, bottomRight) = (corner(place.bottomLeft), corner(place.bottomRight))
    let alongColumns =
      (1 - place.down) * (topRight - topLeft) + place.down * (bottomRight - bottomLeft)
    let alongRows =
      (1 - place.right) * (bottomLeft - topLeft) + place.right * (bottomRight - topRight)
    let alongX = alongColumns * Float(toGrid.a) + alongRows * Float(toGrid.d)
    let alongY = alongColumns * Float(toGrid.b) + alongRows * Float(toGrid.e)
    return (alongX * alongX + alongY * alongY).squareRoot()
  }

  /// How much of a pixel lies above an edge, 0...255.
  ///
  /// - Parameters:
  ///   - height: of the pixel's middle above the edge.
  ///   - steepness: the growth of the height from one pixel to the next.
  static func coverage(height: Float, steepness: Float) -> UInt8 {
    // Also where both are 0: a plain at the height of the edge is not above it.
    guard abs(height) < steepness / 2 else { return height > 0 ? 255 : 0 }
    return UInt8((height / steepness + 0.5) * 255 + 0.5)
  }
}
