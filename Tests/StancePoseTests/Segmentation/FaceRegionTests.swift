import StancePose
import Testing

@Suite struct FaceRegionTests {
  private func pose(_ points: [String: (Double, Double)], score: Double = 0.9) -> Pose {
    Pose(
      skeleton: .coco17,
      keypoints: Skeleton.coco17.keypoints.map { kind in
        points[kind.name].map {
          Keypoint(
            position: ImagePoint(x: $0.0, y: $0.1), score: score, isInsideImage: true)
        }
      }, score: 1)
  }

  @Test func aFrontalFaceIsCovered() throws {
    // Ears 15 cm apart at 2 pixels a centimetre; the chin is 11 cm below the eyes.
    let region = try #require(
      pose([
        "left_ear": (115, 100), "right_ear": (85, 100), "left_eye": (106, 98),
        "right_eye": (94, 98), "nose": (100, 107),
      ]).faceRegion())
    #expect(region.center.distance(to: ImagePoint(x: 100, y: 101)) < 3)
    #expect(ImagePoint(x: 100, y: 120).distance(to: region.center) < region.radius)
    #expect(region.radius < 40)
  }

  @Test func oneKeypointTakesItsSizeFromTheBody() throws {
    let lone = pose(["nose": (50, 50), "left_shoulder": (88, 90), "right_shoulder": (12, 90)])
    let region = try #require(lone.faceRegion())
    #expect(region.center == ImagePoint(x: 50, y: 50) && abs(region.radius - 24) < 1e-9)
    let boxed = try #require(pose(["nose": (50, 50), "left_ankle": (50, 220)]).faceRegion())
    #expect(abs(boxed.radius - 12) < 1e-9)
  }

  @Test func withoutAFaceThereIsNone() {
    #expect(pose(["left_hip": (1, 2)]).faceRegion() == nil)
    #expect(pose(["nose": (1, 2), "left_eye": (2, 1)], score: 0.1).faceRegion() == nil)
    #expect(pose(["nose": (1, 2)]).faceRegion() == nil)
  }
}
