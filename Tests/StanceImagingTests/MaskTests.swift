import StanceImaging
import StancePose
import Testing

@Suite struct MaskTests {
  private let imageSize = ImageSize(width: 40, height: 20)
  /// Cells of 10 pixels, whose centres are 5, 15, 25 and 35 pixels from the left edge.
  private let imageToGrid = AffineTransform<ImageSpace, GridSpace>(
    scaleX: 0.1, scaleY: 0.1, offsetX: -0.5, offsetY: -0.5)

  private func grid(
    _ logits: [Float], channels: Int = 1, surroundings: LogitGrid.Surroundings = .outermostCells
  ) -> LogitGrid {
    LogitGrid(
      rows: 2, columns: 4, channels: channels, logits: logits, imageToGrid: imageToGrid,
      surroundings: surroundings)
  }

  private func pose() -> Pose {
    Pose(
      skeleton: .coco17, keypoints: [Keypoint?](repeating: nil, count: 17), score: 1,
      box: ImageBox(x: 0, y: 0, width: 1, height: 1))
  }

  /// Logits of -3, -1, 1, 3 cross 0 in the middle of the picture, at 20 pixels.
  private let slope: [Float] = [-3, -1, 1, 3, -3, -1, 1, 3]

  @Test func edgesLieWhereTheLogitsCrossTheThreshold() throws {
    let segmentation = Segmentation(
      imageSize: imageSize, poses: [], people: .together(grid(slope), nearness: nil), threshold: 0.5
    )
    let mask = try segmentation.personMask()
    #expect(mask.width == 40 && mask.height == 20)
    for y in 0..<20 {
      #expect((0..<20).allSatisfy { mask.coverage[y * 40 + $0] == 0 })
      #expect((20..<40).allSatisfy { mask.coverage[y * 40 + $0] == 255 })
    }
    #expect(abs(mask.share - 0.5) < 1e-9)
    // In a picture of 41 columns the edge goes through the middle of column 20.
    let wide = try segmentation.personMask(size: PixelSize(width: 41, height: 3))
    #expect(wide.coverage[19] == 0 && wide.coverage[20] == 128 && wide.coverage[21] == 255)
  }

  @Test func theThresholdMovesTheEdge() throws {
    var segmentation = Segmentation(
      imageSize: imageSize, poses: [], people: .together(grid(slope), nearness: nil), threshold: 0.5
    )
    // The logit of 0.7310586 is 1: at 25 pixels.
    segmentation.threshold = 0.7310586
    let mask = try segmentation.personMask()
    #expect((0..<40).count { mask.coverage[$0] >= 128 } == 15)
    segmentation.threshold = 0
    #expect(try segmentation.personMask().share == 1)
    segmentation.threshold = 1
    #expect(try segmentation.personMask().share == 0)
  }

  @Test func nothingIsLikelyBeyondARegion() throws {
    let half = AffineTransform<ImageSpace, GridSpace>(
      scaleX: 0.2, scaleY: 0.2, offsetX: -0.5, offsetY: -0.5)
    let region = LogitGrid(
      rows: 2, columns: 4, logits: [Float](repeating: 5, count: 8), imageToGrid: half,
      surroundings: .nothing)
    let segmentation = Segmentation(
      imageSize: imageSize, poses: [pose()], people: .apart([region]), threshold: 0.5)
    let mask = try segmentation.instanceMask(of: 0)
    #expect(mask.share == 0.25)
    #expect(mask.coverage[19] == 255 && mask.coverage[20] == 0 && mask.coverage[10 * 40] == 0)
    #expect(try segmentation.personMask() == mask)
  }

  @Test func peopleShareNoPixels() throws {
    let everyone = grid([Float](repeating: 4, count: 8))
    // Of three poses the first is nearest on the left, the second on the right.
    let nearness = grid(
      slope.flatMap { [-$0, $0, -20] }, channels: 3)
    let segmentation = Segmentation(
      imageSize: imageSize, poses: [pose(), pose(), pose()],
      people: .together(everyone, nearness: nearness), threshold: 0.5)
    #expect(segmentation.tellsPeopleApart)
    let masks = try (0..<3).map { try segmentation.instanceMask(of: $0) }
    #expect(masks.map(\.share) == [0.5, 0.5, 0])
    for index in masks[0].coverage.indices {
      #expect(masks[0].coverage[index] == 255 - masks[1].coverage[index])
    }
  }

  @Test func partsAreNamedInsideOfTheMaskAlone() throws {
    var logits = [Float](repeating: -4, count: 8 * 24)
    for cell in 0..<8 { logits[cell * 24 + (cell % 4 < 3 ? 12 : 22)] = 4 }
    let segmentation = Segmentation(
      imageSize: imageSize, poses: [], people: .together(grid(slope), nearness: nil),
      parts: grid(logits, channels: 24), threshold: 0.5)
    let parts = try segmentation.partMap()
    let row = Array(parts.labels[..<40])
    #expect(row[..<20].allSatisfy { $0 == 0 })
    #expect(row[20..<30].allSatisfy { $0 == BodyPart.torsoFront.label })
    #expect(row[30...].allSatisfy { $0 == BodyPart.leftFoot.label })
    #expect(BodyPart.leftUpperArmFront.name == "left_upper_arm_front")
    #expect(BodyPart.allCases.count == 24 && BodyPart.rightFoot.label == 24)
  }

  @Test func whatAModelDoesNotTellIsAnError() throws {
    let segmentation = Segmentation(
      imageSize: imageSize, poses: [pose()], people: .together(grid(slope), nearness: nil),
      threshold: 0.5)
    #expect(!segmentation.tellsPeopleApart)
    #expect(throws: ImagingError.self) { try segmentation.instanceMask(of: 0) }
    #expect(throws: ImagingError.self) { try segmentation.partMap() }
  }

  @Test func numbersThatAreNoneDoNotTrap() throws {
    let awkward: [Float] = [.nan, .infinity, -.infinity, .greatestFiniteMagnitude, 0, -0, 1e-30, 5]
    let segmentation = Segmentation(
      imageSize: imageSize, poses: [], people: .together(grid(awkward), nearness: nil),
      threshold: .nan)
    #expect((0...1).contains(try segmentation.personMask().share))
  }
}

@Suite struct MaskEffectTests {
  private func picture(_ width: Int, _ height: Int, _ color: (Int, Int) -> UInt8) -> PixelBuffer {
    PixelBuffer(
      width: width, height: height,
      pixels: (0..<width * height).flatMap {
        [UInt8](repeating: color($0 % width, $0 / width), count: 3)
      })
  }

  private func leftHalf(_ width: Int, _ height: Int) -> Mask {
    Mask(
      width: width, height: height,
      coverage: (0..<width * height).map { $0 % width < width / 2 ? 255 : 0 })
  }

  @Test func picturesAreBlendedByCoverage() throws {
    let white = picture(4, 1) { _, _ in 200 }
    let mask = Mask(width: 4, height: 1, coverage: [255, 128, 51, 0])
    let black = PixelBuffer(size: white.size, red: 0, green: 100, blue: 0)
    let blended = try white.blended(onto: black, inside: mask)
    #expect(blended.pixels == [200, 200, 200, 100, 150, 100, 40, 120, 40, 0, 100, 0])
    #expect(throws: ImagingError.self) {
      try white.blended(onto: picture(3, 1) { _, _ in 0 }, inside: mask)
    }
    #expect(throws: ImagingError.self) {
      try picture(3, 1) { _, _ in 0 }.blurred(inside: mask, radius: 2)
    }
  }

  @Test func peopleLeaveNoHaloInTheBlur() throws {
    // A white person on the left before black and grey stripes.
    let scene = picture(64, 48) { x, y in x < 32 ? 255 : (y / 4 % 2 == 0 ? 0 : 100) }
    let blurred = try scene.blurringBackground(of: leftHalf(64, 48), radius: 6)
    for y in 0..<48 {
      #expect(blurred.pixels[(y * 64 + 31) * 3] == 255)
    }
    let right = (0..<48).flatMap { y in (32..<64).map { blurred.pixels[(y * 64 + $0) * 3] } }
    #expect(right.allSatisfy { $0 <= 100 })
    let middle = (16..<32).map { blurred.pixels[($0 * 64 + 48) * 3] }
    #expect(middle.allSatisfy { (40...60).contains($0) }, "\(middle)")
  }

  @Test func aPlainStaysAPlain() throws {
    let plain = picture(50, 30) { _, _ in 77 }
    for radius in [1, 3, 20, 400] {
      let blurred = try plain.blurred(inside: leftHalf(50, 30), radius: radius)
      #expect(blurred == plain)
    }
  }

  @Test func aBackgroundCoversThePicture() throws {
    let stripe = picture(30, 10) { x, _ in x < 10 ? 0 : x < 20 ? 100 : 200 }
    let square = try stripe.covering(PixelSize(width: 20, height: 20))
    #expect(square.width == 20 && square.height == 20)
    #expect(square.pixels[(10 * 20 + 10) * 3] == 100)
    #expect(try stripe.covering(PixelSize(width: 60, height: 2)).width == 60)
  }

  @Test func facesAreBlurredAndNothingElse() throws {
    let checks = picture(100, 100) { x, y in (x + y) % 2 == 0 ? 0 : 255 }
    let faces = [
      FaceRegion(center: ImagePoint(x: 40, y: 50), radius: 15),
      FaceRegion(center: ImagePoint(x: -500, y: 50), radius: 15),
      FaceRegion(center: ImagePoint(x: .nan, y: 50), radius: 15),
      FaceRegion(center: ImagePoint(x: 99, y: 0), radius: 1e9),
    ]
    let blurred = try checks.blurringFaces(Array(faces.prefix(3)))
    #expect((100...155).contains(blurred.pixels[(50 * 100 + 40) * 3]))
    var changed = 0
    for y in 0..<100 {
      for x in 0..<100 where blurred.pixels[(y * 100 + x) * 3] != checks.pixels[(y * 100 + x) * 3] {
        changed += 1
        #expect(
          ImagePoint(x: Double(x) + 0.5, y: Double(y) + 0.5).distance(to: faces[0].center)
            < 15 * 1.125)
      }
    }
    #expect(changed > 500)
    #expect(try checks.blurringFaces(faces).width == 100)
  }
}
