/// The rows of a model's input: a picture in its placement, with what lies around it.
struct PlacedRows: RowSource {
  private var source: any RowSource
  private let content: PixelRectangle
  private let border: Border

  init(
    _ picture: PixelBuffer, placement: Placement, interpolation: Interpolation, border: Border
  ) throws {
    let size = PixelSize(of: picture)
    guard size == placement.image else {
      throw ImagingError(
        .invalidSize,
        "the placement is for a picture of \(placement.image.width)x\(placement.image.height) "
          + "pixels, this one has \(size.width)x\(size.height); make one for this picture")
    }
    self.border = border
    guard case .rectangles(let part, let content) = placement.geometry,
      interpolation != .openCVWarp
    else {
      self.content = PixelRectangle(whole: placement.input)
      source = WarpedRows(
        picture, width: placement.input.width, transform: placement.modelToImage,
        interpolation: try Self.warpInterpolation(interpolation), border: border)
      return
    }
    self.content = content
    let horizontal = ResampledAxis(
      offset: part.x, length: part.width, count: content.width, pictureLength: size.width,
      border: border)
    let vertical = ResampledAxis(
      offset: part.y, length: part.height, count: content.height, pictureLength: size.height,
      border: border)
    source =
      switch interpolation {
      case .bilinear(let centers):
        FloatRows(picture, columns: horizontal.bilinear(centers), rows: vertical.bilinear(centers))
      case .area:
        FloatRows(picture, columns: horizontal.area(), rows: vertical.area())
      case .triangle:
        FixedRows(picture, columns: horizontal.triangle(), rows: vertical.triangle())
      case .nearest, .openCVWarp:
        FloatRows(picture, columns: horizontal.nearest(), rows: vertical.nearest())
      }
  }

  private static func warpInterpolation(_ interpolation: Interpolation) throws -> WarpInterpolation
  {
    switch interpolation {
    case .nearest: .nearest
    case .bilinear(.half): .bilinear
    case .bilinear(.corner): .cornerBilinear
    case .openCVWarp: .openCV
    case .bilinear(.aligned), .triangle, .area:
      throw ImagingError(
        .unsupported,
        "a region that is turned or not on whole pixels cannot be sampled by \(interpolation); "
          + "use .nearest, .bilinear(.half), .bilinear(.corner) or .openCVWarp")
    }
  }

  mutating func write(row y: Int, into target: UnsafeMutableBufferPointer<Float>) {
    guard let row = sourceRow(y) else {
      target.update(repeating: 0)
      return
    }
    let filled = content.x * 3..<(content.x + content.width) * 3
    source.write(
      row: row, into: UnsafeMutableBufferPointer(rebasing: target[filled]))
    let isReplicated = border == .replicated
    for i in 0..<filled.lowerBound {
      target[i] = isReplicated ? target[filled.lowerBound + i % 3] : 0
    }
    for i in filled.upperBound..<target.count {
      target[i] = isReplicated ? target[filled.upperBound - 3 + i % 3] : 0
    }
  }

  /// Makes every row from the top and writes it, converted, into `target`.
  mutating func makeRows<Element: InputElement>(
    of size: PixelSize, into target: UnsafeMutableBufferPointer<Element>,
    by conversion: RowConversion
  ) {
    guard let target = target.baseAddress else { return }
    let row = UnsafeMutableBufferPointer<Float>.allocate(capacity: size.width * 3)
    row.initialize(repeating: 0)
    defer { row.deallocate() }
    var previous: Int?
    for y in 0..<size.height {
      // Rows of the border are all alike.
      let sourceRow = sourceRow(y)
      if y == 0 || sourceRow != previous { write(row: y, into: row) }
      previous = sourceRow
      conversion.convert(UnsafeBufferPointer(row), into: target + y * row.count)
    }
  }

  /// The row of the content that row `y` shows; nil for black.
  private func sourceRow(_ y: Int) -> Int? {
    let row = y - content.y
    guard border == .replicated || (0..<content.height).contains(row) else { return nil }
    return min(max(row, 0), content.height - 1)
  }
}
