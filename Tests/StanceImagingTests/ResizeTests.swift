import Testing

@testable import StanceImaging

@Suite struct ResizeTests {
  /// The largest difference allowed from the other program, by method.
  @Test(arguments: [
    ("nearest", Interpolation.nearest, 0), ("triangle", .triangle, 0),
    ("bilinear", .bilinear(.half), 1), ("area", .area, 0),
  ])
  func resizesAsOtherProgramsDo(_ method: String, _ way: Interpolation, _ tolerance: Int) throws {
    let cases = ResizeCase.all.filter { $0.method == method }
    #expect(cases.count >= 8)
    for item in cases {
      let picture = patterned(item.source[0], item.source[1])
      let size = try PixelSize(width: item.target[0], height: item.target[1])
      let result = try picture.resized(to: size, by: way)
      let (largest, _) = differences(result.pixels, item.expected)
      #expect(largest <= tolerance, "\(item.source) to \(item.target)")
    }
  }

  @Test(arguments: [
    Interpolation.nearest, .triangle, .area, .bilinear(.half), .bilinear(.corner),
    .bilinear(.aligned), .openCVWarp,
  ])
  func theSameSizeIsTheSamePicture(_ way: Interpolation) throws {
    for (w, h) in [(1, 1), (1, 6), (9, 1), (8, 5)] {
      let picture = patterned(w, h)
      #expect(try picture.resized(to: picture.size, by: way) == picture)
    }
  }

  /// A row of reds 0, 100, 200 by each convention.
  @Test(arguments: [
    (Interpolation.bilinear(.half), [0, 25, 75, 125, 175, 200]),
    (.bilinear(.corner), [0, 50, 100, 150, 200, 200]),
    (.bilinear(.aligned), [0, 40, 80, 120, 160, 200]),
    (.nearest, [0, 0, 100, 100, 200, 200]),
    (.area, [0, 0, 100, 100, 200, 200]),
    (.triangle, [0, 25, 75, 125, 175, 200]),
  ])
  func pixelCentersLieWhereTheyAreSaidTo(_ way: Interpolation, _ expected: [UInt8]) throws {
    let picture = PixelBuffer(width: 3, height: 1, pixels: [0, 0, 0, 100, 0, 0, 200, 0, 0])
    let result = try picture.resized(to: PixelSize(width: 6, height: 1), by: way)
    #expect((0..<6).map { result.pixels[$0 * 3] } == expected)
  }

  @Test func areaIsTheMeanOfWhatIsCovered() throws {
    let picture = PixelBuffer(
      width: 3, height: 1, pixels: [0, 30, 255, 90, 60, 255, 240, 90, 255])
    let result = try picture.resized(to: PixelSize(width: 2, height: 1), by: .area)
    #expect(result.pixels == [30, 40, 255, 190, 80, 255])
  }

  @Test func extremeShapesAreResized() throws {
    let tall = PixelBuffer(
      width: 1, height: 40_000, pixels: [UInt8](repeating: 77, count: 120_000))
    for way in [Interpolation.nearest, .triangle, .area, .bilinear(.half), .openCVWarp] {
      for (w, h) in [(300, 1), (1, 1), (2, 50_000), (500, 3)] {
        let result = try tall.resized(to: PixelSize(width: w, height: h), by: way)
        #expect(result.pixels.count == w * h * 3)
        #expect(result.pixels.allSatisfy { $0 == 77 })
      }
    }
  }

  @Test(arguments: [
    (0, 5), (5, 0), (-1, 5), (Int.max, 2), (Int.max, Int.max), (Int.min, 1), (1 << 20, 1 << 20),
  ])
  func impossibleSizesAreErrors(_ width: Int, _ height: Int) throws {
    let error = try #require(throws: ImagingError.self) {
      try PixelSize(width: width, height: height)
    }
    #expect(error.code == .invalidSize)
  }

  @Test func croppingReachesBeyondThePicture() throws {
    let picture = patterned(4, 3)
    let part = try PixelRectangle(x: -1, y: 2, size: PixelSize(width: 3, height: 2))
    let black = try picture.cropped(to: part)
    let repeated = try picture.cropped(to: part, border: .replicated)
    func pixel(_ x: Int, _ y: Int) -> [UInt8] {
      Array(picture.pixels[(y * 4 + x) * 3..<(y * 4 + x) * 3 + 3])
    }
    let zero: [UInt8] = [0, 0, 0]
    #expect(black.pixels == zero + pixel(0, 2) + pixel(1, 2) + zero + zero + zero)
    let row = pixel(0, 2) + pixel(0, 2) + pixel(1, 2)
    #expect(repeated.pixels == row + row)
    #expect(throws: ImagingError.self) {
      try PixelRectangle(x: .min, y: 0, size: PixelSize(width: 1, height: 1))
    }
  }
}
