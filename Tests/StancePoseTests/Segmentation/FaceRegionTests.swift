import StancePose
import Testing

@Suite struct FaceRegionTests {
  private func pose(
    _ points: [String: (Double, Double)], _ skeleton: Skeleton = .coco17, score: Double = 0.9
  ) -> Pose {
    Pose(
      skeleton: skeleton,
      keypoints: skeleton.keypoints.map { kind in
        points[kind.name].map {
          Keypoint(
            position: ImagePoint(x: $0.0, y: $0.1), score: score, isInsideImage: true)
        }
      }, score: 1)
  }

  private func covers(_ regions: [FaceRegion], _ x: Double, _ y: Double) -> Bool {
    regions.contains { $0.center.distance(to: ImagePoint(x: x, y: y)) < $0.radius }
  }

  @Test func aFrontalHeadIsCovered() {
    // Ears 15 cm apart at 2 pixels a centimetre; forehead and chin are 8 and 11 cm from the eyes.
    let regions = pose([
      "left_ear": (115, 100), "right_ear": (85, 100), "left_eye": (106, 98),
      "right_eye": (94, 98), "nose": (100, 107),
    ]).faceRegions()
    #expect(regions.count == 1)
    for (x, y) in [(100.0, 82.0), (100, 120), (82, 100), (118, 100), (88, 115), (112, 115)] {
      #expect(covers(regions, x, y), "\(x) \(y)")
    }
    #expect(regions.allSatisfy { $0.radius < 36 })
  }

  /// One ear is behind the head: that is the view in which chin and ear are furthest apart.
  @Test func aHeadFromTheSideIsCovered() {
    let regions = pose([
      "right_ear": (100, 100), "right_eye": (118, 96), "left_eye": (121, 96), "nose": (124, 103),
    ]).faceRegions()
    #expect(regions.count == 1)
    // The rim of the ear, the forehead, the tip of the nose, the chin, the corner of the jaw.
    for (x, y) in [(94.0, 98.0), (118, 82), (126, 103), (118, 118), (102, 112)] {
      #expect(covers(regions, x, y), "\(x) \(y)")
    }
    #expect(regions.allSatisfy { $0.radius < 36 })
  }

  /// MediaPipe places both ears of a head from the side near the eyes; the mouth tells its size.
  @Test func theMouthTellsTheSizeOfAShortenedHead() {
    let points = [
      "right_ear": (104.0, 100.0), "left_ear": (119.0, 98.0), "right_eye": (118.0, 96.0),
      "left_eye": (121.0, 96.0), "nose": (123.0, 103.0), "mouth_left": (121.0, 110.0),
      "mouth_right": (117.0, 110.0),
    ]
    let regions = pose(points, .blazePose33).faceRegions()
    #expect(regions.count == 1)
    for (x, y) in [(92.0, 98.0), (118, 80), (126, 103), (118, 120), (102, 114)] {
      #expect(covers(regions, x, y), "\(x) \(y)")
    }
    #expect(regions.allSatisfy { $0.radius < 36 })
  }

  /// Two people side by side at 2 pixels a centimetre, their heads 100 pixels apart.
  @Test func anEarOfANeighbourMakesNoGiant() {
    let body = [
      "left_shoulder": (138.0, 150.0), "right_shoulder": (62.0, 150.0), "left_hip": (125.0, 250.0),
      "right_hip": (75.0, 250.0),
    ]
    let face = [
      "left_eye": (106.0, 98.0), "right_eye": (94.0, 98.0), "nose": (100.0, 107.0),
      "right_ear": (85.0, 100.0),
    ]
    var points = body.merging(face) { $1 }
    points["left_ear"] = (215, 100)
    let regions = pose(points).faceRegions()
    #expect(regions.count == 2 && regions.allSatisfy { $0.radius < 45 })
    #expect(covers(regions, 100, 120) && covers(regions, 115, 100) && covers(regions, 215, 100))
    #expect(!covers(regions, 155, 100))
    // A neighbour's shoulder changes nothing much.
    points["left_shoulder"] = (238, 150)
    #expect(pose(points).faceRegions().allSatisfy { $0.radius < 60 })
    // Without a body, eyes and nose tell what is too far.
    var bodiless = face
    bodiless["left_ear"] = (215, 100)
    let alone = pose(bodiless).faceRegions()
    #expect(alone.count == 2 && covers(alone, 100, 120) && !covers(alone, 155, 100))
  }

  @Test func oneKeypointTakesItsSizeFromTheBody() throws {
    let lone = pose(["nose": (50, 40), "left_shoulder": (88, 90), "right_shoulder": (12, 90)])
    let region = try #require(lone.faceRegions().first)
    #expect(region.center == ImagePoint(x: 50, y: 40) && abs(region.radius - 28) < 1)
    let boxed = try #require(pose(["nose": (50, 50), "left_ankle": (50, 220)]).faceRegions().first)
    #expect(abs(boxed.radius - 14) < 1e-9)
  }

  @Test func withoutAFaceThereIsNone() {
    #expect(pose(["left_hip": (1, 2)]).faceRegions().isEmpty)
    #expect(pose(["nose": (1, 2), "left_eye": (2, 1)], score: 0.1).faceRegions().isEmpty)
    #expect(pose(["nose": (1, 2)]).faceRegions().isEmpty)
    let nowhere = pose(["nose": (.nan, 2), "left_eye": (.infinity, 1), "left_ear": (3, 3)])
    #expect(nowhere.faceRegions().allSatisfy { $0.radius.isFinite })
  }
}
