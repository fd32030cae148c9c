import Testing

@testable import StancePose

@Suite struct RotatedRegionAlignmentTests {
  private let box = ImageBox(x: 100, y: 200, width: 40, height: 60)

  private func region(
    from start: (Double, Double) = (0, 0), to end: (Double, Double), angle: Double,
    scale: Double = 1, shift: Double = 0
  ) -> RotatedRegion? {
    RotatedRegion(
      around: box,
      turning: (ImagePoint(x: start.0, y: start.1), ImagePoint(x: end.0, y: end.1)), to: angle,
      scale: scale, shift: shift)
  }

  @Test func theLongerSideCountsAndIsScaled() {
    #expect(
      region(to: (1, 0), angle: 0, scale: 1.5)
        == RotatedRegion(center: ImagePoint(x: 120, y: 230), side: 90, rotation: 0))
  }

  @Test func theLinePointsWhereItShould() throws {
    for angle in [0, Double.pi / 2, -Double.pi / 2, 1.0] {
      for end in [(3.0, 1.0), (-2, 5), (0, -4), (-1, -1)] {
        let turned = try #require(region(to: end, angle: angle))
        let toUnit = try #require(turned.unitToImage.inverse)
        let start = toUnit(.zero)
        let there = toUnit(ImagePoint(x: end.0, y: end.1))
        let length = there.distance(to: start)
        let (sine, cosine) = sineAndCosine(angle)
        #expect(abs((there.x - start.x) / length - cosine) < 1e-9)
        #expect(abs((there.y - start.y) / length + sine) < 1e-9)
      }
    }
  }

  @Test func theShiftIsInHeightsAlongTheRegionsOwnDown() throws {
    let upright = try #require(region(to: (0, -1), angle: .pi / 2, scale: 2, shift: -0.5))
    #expect(upright.center.distance(to: ImagePoint(x: 120, y: 200)) < 1e-9)
    // Lying with its top to the right: up is to the right.
    let lying = try #require(region(to: (1, 0), angle: .pi / 2, scale: 2, shift: -0.5))
    #expect(lying.center.distance(to: ImagePoint(x: 150, y: 230)) < 1e-9)
    #expect(lying.side == 120)
  }

  @Test func nonsenseIsNone() {
    #expect(region(to: (.nan, 0), angle: 0) == nil)
    #expect(region(to: (1, 0), angle: 0, scale: 0) == nil)
    #expect(region(to: (1, 0), angle: 0, scale: .infinity) == nil)
    #expect(region(to: (1, 0), angle: 0, shift: .nan) == nil)
  }

  @Test func anglesStayWithinOneTurn() {
    for angle in [-7.0, -3.2, -1, 0, 1, 3.2, 7, 100] {
      let normalized = RotatedRegion.normalizedAngle(angle)
      #expect(normalized >= -.pi && normalized < .pi)
      #expect(abs(sineAndCosine(normalized).sine - sineAndCosine(angle).sine) < 1e-9)
      #expect(abs(sineAndCosine(normalized).cosine - sineAndCosine(angle).cosine) < 1e-9)
    }
    #expect(RotatedRegion.normalizedAngle(.pi) == -.pi)
  }

  @Test func laterRegionsReplaceThoseTheyCover() {
    func region(_ x: Double, side: Double = 10, rotation: Double = 0) -> RotatedRegion {
      RotatedRegion(center: ImagePoint(x: x, y: 0), side: side, rotation: rotation)
    }
    #expect([RotatedRegion]().withoutCovered().isEmpty)
    // Moved by 3 of 10: intersection over union 7/13; by 4: 6/14.
    #expect([region(0), region(3)].withoutCovered() == [region(3)])
    #expect([region(0), region(4)].withoutCovered() == [region(0), region(4)])
    #expect(
      [region(0), region(20), region(1, rotation: 1)].withoutCovered()
        == [region(20), region(1, rotation: 1)])
  }
}
