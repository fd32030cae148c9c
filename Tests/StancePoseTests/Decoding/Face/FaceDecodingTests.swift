import StanceTensors
import Testing

@testable import StancePose

@Suite struct FaceLandmarkDecoderTests {
  private let region = RotatedRegion(center: ImagePoint(x: 200, y: 100), side: 384, rotation: 0)
  private let imageSize = ImageSize(width: 400, height: 300)

  /// Landmark k at (k / 4, 10, -k / 4) in pixels of the input.
  private func outputs(logit: Float = 2) throws -> [Tensor] {
    let landmarks = (0..<468).flatMap { index -> [Float] in
      let k = Float(index)
      return [k / 4, 10, -k / 4]
    }
    return [
      try Tensor(landmarks, shape: [1, 1, 1, 1404]), try Tensor([logit], shape: [1, 1, 1, 1]),
    ]
  }

  private func decode(_ outputs: [Tensor]) throws -> Pose? {
    try FaceLandmarkDecoder().decode(outputs: outputs, region: region, imageSize: imageSize)
  }

  @Test func landmarksAreProjectedToTheImage() throws {
    let face = try #require(try decode(outputs()))
    #expect(face.skeleton == .face468)
    #expect(face.score == sigmoid(2))
    for (index, keypoint) in face.keypoints.enumerated() {
      let keypoint = try #require(keypoint)
      let k = Double(index)
      #expect(keypoint.position.distance(to: ImagePoint(x: 8 + k / 2, y: -72)) < 1e-9)
      #expect(abs((keypoint.depth ?? 99) + k / 2) < 1e-9)
      #expect(keypoint.score == face.score && !keypoint.isInsideImage)
    }
    #expect(try decode(outputs().reversed()) == face)
  }

  @Test func theLogitDecides() throws {
    #expect(try decode(outputs(logit: 0)) != nil)
    #expect(try decode(outputs(logit: -0.01)) == nil)
    #expect(try decode(outputs(logit: .nan)) == nil)
  }

  @Test func otherOutputsAreRefused() throws {
    let whole = try outputs()
    #expect(FaceLandmarkDecoder.recognizes(outputShapes: whole.map(\.shape)))
    // With attention there are six outputs of points.
    #expect(!FaceLandmarkDecoder.recognizes(outputShapes: whole.map(\.shape) + [[1, 1, 1, 160]]))
    let error = #expect(throws: PoseDecodingError.self) { try decode([whole[0]]) }
    #expect(error?.code == .missingOutput)
  }
}

@Suite struct FacePartRegionTests {
  /// Eyes level, 20 pixels apart; the box reaches beyond the points.
  private let face = Detection(
    score: 1, box: Box(x: 0, y: 0, width: 60, height: 50),
    points: [(20, 20), (40, 20), (30, 30), (30, 40), (10, 24), (50, 24)].map {
      ModelPoint(x: $0.0, y: $0.1)
    })
  private let twice = AffineTransform<ModelSpace, ImageSpace>(scaleX: 2, scaleY: 2)

  @Test func aFaceOfThePictureIsAroundItsBox() {
    #expect(
      RotatedRegion(face: face, modelToImage: twice)
        == RotatedRegion(center: ImagePoint(x: 60, y: 50), side: 180, rotation: 0))
  }

  @Test func aFaceOfAPartIsAroundItsPoints() throws {
    let region = try #require(RotatedRegion(faceInPart: face, modelToImage: twice))
    #expect(region.side == 160)
    #expect(region.center.distance(to: ImagePoint(x: 60, y: 60 - 4)) < 1e-9)
  }

  @Test func aBodysFaceIsAroundItsPoints() throws {
    func body(_ scores: [String: Double]) -> Pose {
      Pose(
        skeleton: .coco17,
        keypoints: Skeleton.coco17.keypoints.enumerated().map { index, kind in
          scores[kind.name].map {
            Keypoint(
              position: ImagePoint(x: 100 - 10 * Double(index), y: 50), score: $0,
              isInsideImage: true)
          }
        }, score: 1)
    }
    // The nose at 100, the left eye at 90, the right one at 80; shoulders do not count.
    let seen = ["nose": 0.9, "left_eye": 0.8, "right_eye": 0.8, "left_shoulder": 0.9]
    let region = try #require(RotatedRegion(faceOf: body(seen)))
    #expect(region.center == ImagePoint(x: 90, y: 50) && abs(region.side - 60) < 1e-9)
    #expect(abs(region.rotation) < 1e-12)
    let unsure = try #require(RotatedRegion(faceOf: body(seen.merging(["right_ear": 0.05]) { $1 })))
    #expect(unsure == region)
    #expect(RotatedRegion(faceOf: body(["nose": 0.9, "left_eye": 0.8])) == nil)
  }
}
