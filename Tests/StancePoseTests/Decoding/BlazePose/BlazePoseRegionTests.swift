import Testing

@testable import StancePose

@Suite struct BlazePoseRegionTests {
  func region(_ x: Double, _ y: Double) -> RotatedRegion? {
    RotatedRegion(bodyCenter: ImagePoint(x: 100, y: 80), circlePoint: ImagePoint(x: x, y: y))
  }

  @Test func theLineToTheCirclePointPointsUp() throws {
    let upright = try #require(region(100, 60))
    #expect(upright == RotatedRegion(center: ImagePoint(x: 100, y: 80), side: 50, rotation: 0))
    #expect(abs(try #require(region(120, 80)).rotation - .pi / 2) < 1e-12)
    #expect(abs(try #require(region(80, 80)).rotation + .pi / 2) < 1e-12)
    #expect(abs(abs(try #require(region(100, 100)).rotation) - .pi) < 1e-12)
    // In the region's own frame the circle point is above the centre, 0.4 sides away.
    let tilted = try #require(region(113, 71))
    let toUnit = try #require(tilted.unitToImage.inverse)
    let inside = toUnit(ImagePoint(x: 113, y: 71))
    #expect(inside.distance(to: NormalizedPoint(x: 0.5, y: 0.1)) < 1e-12)
  }

  @Test func detectionsGoThroughTheLetterbox() throws {
    let detection = Detection(
      score: 1, box: Box(x: 0, y: 0, width: 1, height: 1),
      points: [ModelPoint(x: 112, y: 150), ModelPoint(x: 112, y: 70), .zero, .zero])
    let region = try #require(
      RotatedRegion(
        person: detection,
        modelToImage: AffineTransform(scaleX: 2, scaleY: 2, offsetX: -10, offsetY: 4)))
    #expect(region == RotatedRegion(center: ImagePoint(x: 214, y: 304), side: 400, rotation: 0))
  }

  @Test func regionsWithoutAreaAreNone() {
    #expect(region(100, 80) == nil)
    #expect(region(.nan, 80) == nil)
    #expect(region(.infinity, 80) == nil)
  }
}
