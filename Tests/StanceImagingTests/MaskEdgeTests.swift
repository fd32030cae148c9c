import StanceImaging
import StancePose
import StanceTestSupport
import Testing

/// Edges of masks on grids of logits as networks give them: a little above and below 0 along the
/// edge, and hundreds or a thousand next to it.
@Suite struct MaskEdgeTests {
  private let imageSize = ImageSize(width: 240, height: 240)
  private let center = ImagePoint(x: 120, y: 120)
  private let radius = 80.0

  /// A disc on a turned grid of cells of about 5 pixels; nothing but the sign is to be relied on.
  private func disc(
    _ interpolation: LogitGrid.Interpolation, inside: ClosedRange<Float>,
    outside: ClosedRange<Float>
  ) throws -> LogitGrid {
    let imageToGrid = AffineTransform<ImageSpace, GridSpace>(
      a: 0.18, b: 0.07, c: -2, d: -0.07, e: 0.18, f: 14)
    let gridToImage = try #require(imageToGrid.inverse)
    let side = 56
    let logits = (0..<side * side).map { cell -> Float in
      let place = gridToImage(Point(x: Double(cell % side), y: Double(cell / side)))
      let depth = radius - place.distance(to: center)
      // The outermost cells on either side of the edge are unsure.
      let range = depth > 0 ? inside : outside
      let isSure = abs(depth) > 4
      // Scattered over 0...1, cells beside each other far apart.
      let share = Float(cell * 7919 % 101) / 100
      let size =
        isSure ? range.lowerBound + share * (range.upperBound - range.lowerBound) : max(share, 0.1)
      return depth > 0 ? size : -size
    }
    return LogitGrid(
      rows: side, columns: side, logits: logits, imageToGrid: imageToGrid,
      interpolation: interpolation)
  }

  private func mask(_ grid: LogitGrid) throws -> Mask {
    try Segmentation(
      imageSize: imageSize, poses: [], people: .together(grid, nearness: nil), threshold: 0.5
    ).personMask()
  }

  @Test(arguments: [LogitGrid.Interpolation.logits, .probabilities])
  func thereAreNoSpecksAlongCells(_ interpolation: LogitGrid.Interpolation) throws {
    let mask = try mask(disc(interpolation, inside: 1...300, outside: 1...1700))
    let touched = sizesOfConnectedRegions(width: 240, isInside: mask.coverage.map { $0 > 0 })
    let left = sizesOfConnectedRegions(width: 240, isInside: mask.coverage.map { $0 < 255 })
    #expect(touched.count == 1 && left.count == 1, "\(touched) \(left)")
    // The edge crosses about 8 pixels for each of the radius.
    let partial = mask.coverage.count { $0 > 0 && $0 < 255 }
    #expect((300...1000).contains(partial), "\(partial)")
  }

  @Test func edgesOfProbabilitiesAreSmooth() throws {
    let mask = try mask(disc(.probabilities, inside: 40...300, outside: 200...1700))
    let exact = Double.pi * radius * radius
    #expect(abs(mask.share * 240 * 240 - exact) < 0.02 * exact)
    var compared = 0
    for (index, coverage) in mask.coverage.enumerated() {
      let pixel = ImagePoint(x: Double(index % 240) + 0.5, y: Double(index / 240) + 0.5)
      let depth = radius - pixel.distance(to: center)
      // Two thirds of a cell on either side.
      guard abs(depth) > 3.5 else { continue }
      compared += 1
      #expect(coverage == (depth > 0 ? 255 : 0), "\(pixel) \(depth)")
    }
    #expect(compared > 50_000)
  }

  /// A half-plane whose edge runs across cells: the share of each pixel is that of its area.
  @Test(arguments: [0.0, 0.3, 1.0])
  func pixelsAreCoveredByTheirArea(_ slope: Double) throws {
    let logits = (0..<9).map { Float($0 % 3) - 1 + Float(slope) * (Float($0 / 3) - 1) }
    let segmentation = Segmentation(
      imageSize: ImageSize(width: 30, height: 30), poses: [],
      people: .together(
        LogitGrid(
          rows: 3, columns: 3, logits: logits,
          imageToGrid: AffineTransform(
            scaleX: 0.1, scaleY: 0.1, offsetX: -0.5, offsetY: -0.5)), nearness: nil),
      threshold: 0.5)
    let mask = try segmentation.personMask()
    for y in 6..<24 {
      // Where the edge is at a row's top and at its bottom.
      let edges = [Double(y), Double(y) + 1].map { 15 - slope * ($0 - 15) }
      let row = (6..<24).map { Double(mask.coverage[y * 30 + $0]) / 255 }.reduce(0, +)
      #expect(abs(row - (24 - (edges[0] + edges[1]) / 2)) < 0.02)
    }
  }
}
