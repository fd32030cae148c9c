import StanceImaging
import Testing

@testable import StanceDrawing

@Suite struct ReducedPictureTests {
  @Test func picturesThatFitStayAsTheyAre() {
    let picture = PixelBuffer(width: 2, height: 1, pixels: [1, 2, 3, 4, 5, 6])
    #expect(picture.reduced(toSide: 2) == picture)
  }

  @Test func pixelsAreMeansOfSquaresCutShortAtTheEdge() {
    let picture = PixelBuffer(
      width: 3, height: 2,
      pixels: [0, 10, 255, 2, 10, 255, 9, 20, 30, 4, 10, 255, 7, 10, 255, 12, 40, 50])
    let reduced = picture.reduced(toSide: 2)
    #expect(reduced.width == 2 && reduced.height == 1)
    // (0 + 2 + 4 + 7) / 4 = 3.25 and (9 + 12) / 2 = 10.5, halves upwards.
    #expect(reduced.pixels == [3, 10, 255, 11, 30, 40])
  }
}

@Suite struct LabelTextTests {
  @Test(arguments: [
    (0.0, "0.00"), (1, "1.00"), (0.876, "0.88"), (0.0449, "0.04"), (-0.05, "-0.05"),
    (12.5, "12.50"),
  ])
  func twoDecimals(score: Double, text: String) {
    #expect(LabelPlacement.text(score: score) == text)
  }

  @Test(arguments: [Double.nan, .infinity, 1e20])
  func othersHaveNone(score: Double) {
    #expect(LabelPlacement.text(score: score) == nil)
  }
}

@Suite struct SVGIdentifierTests {
  @Test func numbersAreCountedFromOne() {
    let svg = ##"<g id="image17"/><u x="#image17"/><g id="surface9"/>image5 "image" "#image"##
    let expected = ##"<g id="image1"/><u x="#image1"/><g id="surface2"/>image5 "image" "#image"##
    #expect(SVGIdentifiers.renumbered(Array(svg.utf8)) == Array(expected.utf8))
    #expect(SVGIdentifiers.renumbered([]) == [])
    #expect(SVGIdentifiers.renumbered(Array("\"image3".utf8)) == Array("\"image3".utf8))
  }
}
