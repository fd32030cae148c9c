import StancePose
import Testing

@testable import StanceImaging

@Suite struct PlacementTests {
  private func size(_ width: Int, _ height: Int) throws -> PixelSize {
    try PixelSize(width: width, height: height)
  }

  /// Whether both corners of the input map to these points of the picture.
  private func spans(
    _ placement: Placement, _ left: Double, _ top: Double, _ right: Double, _ bottom: Double
  ) -> Bool {
    let (first, last) = (
      placement.modelToImage(.zero),
      placement.modelToImage(
        ModelPoint(x: Double(placement.input.width), y: Double(placement.input.height)))
    )
    return [first.x - left, first.y - top, last.x - right, last.y - bottom]
      .allSatisfy { abs($0) < 1e-9 }
  }

  @Test func theInputsCornersFallWhereTheyShould() throws {
    let (wide, square) = (try size(640, 480), try size(320, 320))
    #expect(spans(try .stretched(image: wide, to: square), 0, 0, 640, 480))
    #expect(spans(try .letterboxed(image: wide, to: square), 0, -80, 640, 560))
    #expect(
      spans(try .letterboxed(image: wide, to: square, anchor: .topLeft), 0, 0, 640, 640))
    #expect(spans(try .padded(image: wide, to: square), 0, -80, 640, 560))
    #expect(spans(try .fitted(image: wide, to: square), 0, -80, 640, 560))
    let part = try PixelRectangle(x: 10, y: -20, size: size(30, 40))
    #expect(spans(try .cropped(image: wide, to: part, input: square), 10, -20, 40, 20))
  }

  @Test func aQuarterTurnTurnsThePoints() throws {
    let placement = try Placement.region(
      image: size(100, 100), center: ImagePoint(x: 50, y: 40), width: 20, height: 10,
      rotation: .pi / 2, to: size(20, 10))
    // The region's own right is the picture's bottom.
    let point = placement.modelToImage(ModelPoint(x: 20, y: 5))
    #expect(abs(point.x - 50) < 1e-9 && abs(point.y - 50) < 1e-9)
  }

  @Test func pointsComeBack() throws {
    let image = try size(217, 232)
    let input = try size(257, 193)
    let placements = [
      try Placement.stretched(image: image, to: input),
      try .letterboxed(image: image, to: input), try .padded(image: image, to: input),
      try .fitted(image: image, to: input),
      try .region(
        image: image, center: ImagePoint(x: 3, y: 400), width: 50, height: 80, rotation: -2,
        to: input),
    ]
    for placement in placements {
      for (x, y) in [(0.0, 0.0), (257, 193), (12.5, -40), (1000, 3)] {
        let there = placement.modelToImage(ModelPoint(x: x, y: y))
        let back = placement.imageToModel(there)
        #expect(abs(back.x - x) < 1e-9 && abs(back.y - y) < 1e-9)
      }
    }
  }

  @Test func warpsAsMediaPipeDoes() throws {
    let cases = ResizeCase.all.filter { $0.method == "openCVWarp" }
    #expect(cases.count == 20)
    var (compared, different) = (0, 0)
    for item in cases {
      let region = try #require(item.region)
      let picture = patterned(item.source[0], item.source[1])
      let placement = try Placement.region(
        image: picture.size, center: ImagePoint(x: region[0], y: region[1]), width: region[2],
        height: region[3], rotation: region[4], to: size(item.target[0], item.target[1]))
      let result = try picture.rendered(
        placement, by: .openCVWarp, border: item.border == "zero" ? .zero : .replicated)
      let found = differences(result.pixels, item.expected)
      compared += item.expected.count
      different += found.count
      // A position that rounds to the next 1/32 pixel moves a value by up to 255 / 32.
      #expect(found.largest <= 8, "\(region) to \(item.target), \(item.border ?? "")")
    }
    #expect(compared > 10_000)
    #expect(different * 1000 <= compared)
  }

  @Test func letterboxesHaveTheirBorder() throws {
    let picture = PixelBuffer(width: 4, height: 2, pixels: [UInt8](repeating: 200, count: 24))
    let square = try size(4, 4)
    for (anchor, rows) in [(Placement.Anchor.centered, 1..<3), (.topLeft, 0..<2)] {
      let placement = try Placement.letterboxed(image: picture.size, to: square, anchor: anchor)
      for way in [Interpolation.nearest, .triangle, .area, .bilinear(.half), .bilinear(.aligned)] {
        let black = try picture.rendered(placement, by: way, border: .zero)
        for y in 0..<4 {
          let expected: UInt8 = rows.contains(y) ? 200 : 0
          #expect(black.pixels[y * 12..<y * 12 + 12].allSatisfy { $0 == expected })
        }
        let repeated = try picture.rendered(placement, by: way, border: .replicated)
        #expect(repeated.pixels.allSatisfy { $0 == 200 })
      }
    }
    let tall = PixelBuffer(
      width: 1, height: 4, pixels: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])
    let placement = try Placement.letterboxed(image: tall.size, to: square)
    let repeated = try tall.rendered(placement, by: .nearest, border: .replicated)
    for y in 0..<4 {
      for x in 0..<4 {
        let place = (y * 4 + x) * 3
        #expect(Array(repeated.pixels[place..<place + 3]) == Array(tall.pixels[y * 3..<y * 3 + 3]))
      }
    }
  }

  @Test func senselessRegionsAreErrors() throws {
    let (image, input) = (try size(10, 10), try size(8, 8))
    let center = ImagePoint(x: 5, y: 5)
    for (width, height, rotation) in [
      (0.0, 5.0, 0.0), (.nan, 5, 0), (5, .infinity, 0), (5, 5, .nan), (1e300, 1e300, 0),
      (1e-300, 1e-300, 0),
    ] {
      #expect(throws: ImagingError.self) {
        try Placement.region(
          image: image, center: center, width: width, height: height, rotation: rotation, to: input)
      }
    }
    #expect(throws: ImagingError.self) {
      try Placement.region(
        image: image, center: ImagePoint(x: .nan, y: 0), width: 5, height: 5, rotation: 0, to: input
      )
    }
    #expect(throws: ImagingError.self) {
      try Placement.padded(image: size(1, 1 << 20), to: size(1 << 10, 1))
    }
    let placement = try Placement.fitted(image: image, to: input)
    for way in [Interpolation.area, .triangle, .bilinear(.aligned)] {
      #expect(throws: ImagingError.self) {
        try patterned(10, 10).rendered(placement, by: way, border: .zero)
      }
    }
    #expect(throws: ImagingError.self) {
      try patterned(11, 10).rendered(placement, by: .nearest, border: .zero)
    }
  }

  @Test func farAwayRegionsShowTheBorder() throws {
    let picture = patterned(10, 10)
    let placement = try Placement.region(
      image: picture.size, center: ImagePoint(x: 1e11, y: -1e11), width: 1e9, height: 3,
      rotation: 1, to: size(4, 4))
    for way in [Interpolation.nearest, .bilinear(.half), .bilinear(.corner), .openCVWarp] {
      let black = try picture.rendered(placement, by: way, border: .zero)
      #expect(black.pixels.allSatisfy { $0 == 0 })
      let corner = try picture.rendered(placement, by: way, border: .replicated)
      #expect(Array(corner.pixels.prefix(3)) == Array(picture.pixels[27..<30]))
    }
  }
}
