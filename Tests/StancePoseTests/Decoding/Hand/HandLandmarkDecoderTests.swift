import StanceTensors
import Testing

@testable import StancePose

@Suite struct HandLandmarkDecoderTests {
  private let region = RotatedRegion(
    center: ImagePoint(x: 300, y: 200), side: 448, rotation: 0)
  private let imageSize = ImageSize(width: 640, height: 480)

  /// Landmark k at (10 k, 200 - 10 k, k) in pixels of the input.
  private func outputs(
    confidence: Float = 0.75, right: Float = 0.9,
    changing change: (inout [Float]) -> Void = { _ in }
  ) throws -> [Tensor] {
    var landmarks = (0..<21).flatMap { index -> [Float] in
      let k = Float(index)
      return [10 * k, 200 - 10 * k, k]
    }
    change(&landmarks)
    return [
      try Tensor(landmarks, shape: [1, 63]), try Tensor([confidence], shape: [1, 1]),
      try Tensor([right], shape: [1, 1]),
      try Tensor((0..<63).map { Float($0) / 100 }, shape: [1, 63]),
    ]
  }

  private func decode(
    _ outputs: [Tensor], region: RotatedRegion? = nil
  ) throws -> HandLandmarks? {
    try HandLandmarkDecoder().decode(
      outputs: outputs, region: region ?? self.region, imageSize: imageSize)
  }

  @Test func landmarksAreProjectedToTheImage() throws {
    let hand = try #require(try decode(outputs()))
    #expect(hand.pose.skeleton == .hand21)
    #expect(hand.pose.score == 0.75)
    for (index, keypoint) in hand.pose.keypoints.enumerated() {
      let keypoint = try #require(keypoint)
      let k = Double(index)
      let expected = ImagePoint(x: 76 + 20 * k, y: -24 + 2 * (200 - 10 * k))
      #expect(keypoint.position.distance(to: expected) < 1e-9)
      #expect(keypoint.isInsideImage == (expected.y >= 0 && expected.y < 480))
      #expect(keypoint.score == 0.75 && keypoint.visibility == nil)
      // A depth of the model counts 2.5 of its pixels, of two of the image's each.
      #expect(abs((keypoint.depth ?? 99) - 5 * k) < 1e-9)
      #expect(abs((keypoint.world?.y ?? 99) - Double(index * 3 + 1) / 100) < 1e-6)
    }
  }

  @Test func aTurnedRegionTurnsLandmarksAndWorld() throws {
    let turned = RotatedRegion(center: region.center, side: 448, rotation: .pi / 2)
    let hand = try #require(try decode(outputs(), region: turned))
    let wrist = try #require(hand.pose.keypoints[0])
    // (0, 200) in the input is (-224, 176) from the centre at the region's scale.
    #expect(wrist.position.distance(to: ImagePoint(x: 300 - 176, y: 200 - 224)) < 1e-9)
    let world = try #require(hand.pose.keypoints[1]?.world)
    #expect(abs(world.x + 0.04) < 1e-6 && abs(world.y - 0.03) < 1e-6)
  }

  @Test func theHandIsThePersonsOwn() throws {
    #expect(try decode(outputs(right: 0.9))?.side == .right)
    #expect(try decode(outputs(right: 0.2))?.side == .left)
    let unsure = try #require(try decode(outputs(right: .nan)))
    #expect(unsure.rightProbability == 0.5)
  }

  @Test func theConfidenceDecides() throws {
    #expect(try decode(outputs(confidence: 0.5)) != nil)
    #expect(try decode(outputs(confidence: 0.49)) == nil)
    #expect(try decode(outputs(confidence: .nan)) == nil)
    let lenient = HandLandmarkDecoder(handThreshold: 0.2)
    #expect(
      try lenient.decode(
        outputs: outputs(confidence: 0.3), region: region, imageSize: imageSize) != nil)
  }

  @Test func aLandmarkThatIsNoNumberIsAbsent() throws {
    let hand = try #require(
      try decode(
        outputs {
          $0[3] = .nan
          $0[8] = .infinity
        }))
    #expect(hand.pose.keypoints[1] == nil)
    #expect(hand.pose.keypoints[2] != nil && hand.pose.keypoints[2]?.depth == nil)
    #expect(hand.pose.keypoints.count { $0 != nil } == 20)
  }

  @Test func otherOutputsAreRefused() throws {
    let whole = try outputs()
    #expect(HandLandmarkDecoder.recognizes(outputShapes: whole.map(\.shape)))
    #expect(!HandLandmarkDecoder.recognizes(outputShapes: whole.dropLast().map(\.shape)))
    let error = #expect(throws: PoseDecodingError.self) { try decode(Array(whole.dropFirst())) }
    #expect(error?.code == .missingOutput)
    let size = #expect(throws: PoseDecodingError.self) {
      try HandLandmarkDecoder().decode(
        outputs: whole, region: region, imageSize: imageSize,
        inputSize: ModelSize(width: 0, height: 224))
    }
    #expect(size?.code == .invalidInputSize)
  }

  @Test func theRecropGivesTwoPoints() throws {
    let output = try Tensor([128, 64, 128, 192] as [Float], shape: [1, 1, 1, 4])
    let points = try HandRecropDecoder.decode(outputs: [output])
    #expect(points.middle == NormalizedPoint(x: 0.5, y: 0.25))
    #expect(points.circle == NormalizedPoint(x: 0.5, y: 0.75))
    #expect(throws: PoseDecodingError.self) {
      try HandRecropDecoder.decode(outputs: [output, output])
    }
  }
}
