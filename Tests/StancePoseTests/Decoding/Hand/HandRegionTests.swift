import Testing

@testable import StancePose

@Suite struct HandRegionTests {
  private func body(
    _ points: [String: (Double, Double)], score: Double = 0.9, skeleton: Skeleton = .blazePose33
  ) -> Pose {
    Pose(
      skeleton: skeleton,
      keypoints: skeleton.keypoints.map { kind in
        points[kind.name].map {
          Keypoint(position: ImagePoint(x: $0.0, y: $0.1), score: score, isInsideImage: true)
        }
      }, score: 1)
  }

  @Test func aPalmPointsUpInItsRegion() throws {
    // The wrist left of the knuckle: the hand points to the right.
    let palm = Detection(
      score: 1, box: Box(x: 40, y: 50, width: 20, height: 20),
      points: [ModelPoint(x: 40, y: 60), .zero, ModelPoint(x: 60, y: 60)])
    let region = try #require(
      RotatedRegion(
        palm: palm,
        modelToImage: AffineTransform(scaleX: 2, scaleY: 2, offsetX: 10, offsetY: 0)))
    #expect(abs(region.rotation - .pi / 2) < 1e-12)
    #expect(region.side == 2.6 * 40)
    // Half a box towards the fingers.
    #expect(region.center.distance(to: ImagePoint(x: 110 + 20, y: 120)) < 1e-9)
    let bare = Detection(score: 1, box: palm.box, points: [.zero])
    #expect(RotatedRegion(palm: bare, modelToImage: AffineTransform(scaleX: 1, scaleY: 1)) == nil)
  }

  @Test func theFirstGuessIsAboutTheMiddleFinger() throws {
    // The middle finger's knuckle at a third between index and little finger: (100, 60).
    let pose = body([
      "left_wrist": (100, 100), "left_index": (97, 60), "left_pinky": (106, 60),
    ])
    let guess = try #require(RotatedRegion(handOf: .left, in: pose))
    #expect(abs(guess.rotation) < 1e-12)
    #expect(abs(guess.side - 2.7 * 80) < 1e-9)
    #expect(guess.center.distance(to: ImagePoint(x: 100, y: 60 - 8)) < 1e-9)
    #expect(RotatedRegion(handOf: .right, in: pose) == nil)
  }

  @Test func aForearmTellsWhereFingersAreNotKnown() throws {
    let pose = body(
      ["right_wrist": (100, 100), "right_elbow": (0, 100)], skeleton: .coco17)
    let guess = try #require(RotatedRegion(handOf: .right, in: pose))
    #expect(abs(guess.rotation - .pi / 2) < 1e-12)
    #expect(abs(guess.side - 2.7 * 66) < 1e-9)
    #expect(guess.center.distance(to: ImagePoint(x: 133 + 6.6, y: 100)) < 1e-9)
    #expect(RotatedRegion(handOf: .right, in: body(["right_wrist": (1, 2)])) == nil)
  }

  @Test func aWristThatIsUnsureIsNone() {
    let points = ["left_wrist": (100.0, 100.0), "left_index": (97, 60), "left_pinky": (106, 60)]
    #expect(RotatedRegion(handOf: .left, in: body(points, score: 0.09)) == nil)
    #expect(RotatedRegion(handOf: .left, in: body(points, score: 0.1)) != nil)
    #expect(RotatedRegion(handOf: .left, in: body(points, score: 0.09), leastScore: 0) != nil)
  }

  @Test func theRecropIsACircleAboutTheMiddle() throws {
    let guess = RotatedRegion(center: ImagePoint(x: 100, y: 100), side: 200, rotation: 0)
    let middle = NormalizedPoint(x: 0.5, y: 0.5)
    let region = try #require(
      RotatedRegion(recropping: (middle, NormalizedPoint(x: 0.5, y: 0.75)), in: guess))
    #expect(abs(region.rotation) < 1e-12)
    #expect(abs(region.side - 100) < 1e-9)
    #expect(region.center.distance(to: ImagePoint(x: 100, y: 90)) < 1e-9)
    #expect(RotatedRegion(recropping: (middle, middle), in: guess) == nil)
  }
}
