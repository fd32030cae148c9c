import StancePose
import Testing

@testable import StanceCommands

@Suite struct ConversionTests {
  @Test func cocoStaysCOCO() {
    let pose = Samples.pose(.coco17, from: 100, without: 3)
    let places = SkeletonConversion.coco17(from: .coco17).places(of: pose)
    #expect(places.count == 17)
    for (place, keypoint) in zip(places, pose.keypoints) {
      #expect(place?.x == keypoint?.position.x)
      #expect(place?.score == keypoint?.score)
    }
  }

  @Test func landmarksBecomeCOCOByName() throws {
    let pose = Samples.pose(.blazePose33, from: 0)
    let places = SkeletonConversion.coco17(from: .blazePose33).places(of: pose)
    let expected = [0, 2, 5, 7, 8, 11, 12, 13, 14, 15, 16, 23, 24, 25, 26, 27, 28]
    #expect(places.map { $0?.x } == expected.map { pose.keypoints[$0]?.position.x })
  }

  @Test func neckAndHipsAreMiddles() throws {
    let pose = Samples.pose(.coco17, from: 0)
    let places = SkeletonConversion.body25(from: .coco17).places(of: pose)
    #expect(places.count == 25)
    let (left, right) = (try #require(pose.keypoints[5]), try #require(pose.keypoints[6]))
    let neck = try #require(places[1])
    #expect(neck.x == (left.position.x + right.position.x) / 2)
    #expect(neck.y == (left.position.y + right.position.y) / 2)
    #expect(neck.score == min(left.score, right.score))
    #expect(places[8]?.y == (20 + 11 * 12.3456 + 20 + 12 * 12.3456) / 2)
    #expect(places[19...].allSatisfy { $0 == nil })
  }

  @Test func aMiddleNeedsBothEnds() {
    let places = SkeletonConversion.body25(from: .coco17)
      .places(of: Samples.pose(.coco17, from: 0, without: 5))
    #expect(places[1] == nil)
    #expect(places[5] == nil)
    #expect(places[2] != nil)
  }

  /// OpenPose's own mapping of BODY_25 to COCO-17, the other way round.
  @Test func body25HasCOCOsKeypointsInOpenPosesPlaces() {
    let pose = Samples.pose(.coco17, from: 0)
    let places = SkeletonConversion.body25(from: .coco17).places(of: pose)
    let order = [0, 16, 15, 18, 17, 5, 2, 6, 3, 7, 4, 12, 9, 13, 10, 14, 11]
    #expect(order.map { places[$0]?.x } == pose.keypoints.map { $0?.position.x })
  }

  @Test func landmarksHaveFeet() {
    let pose = Samples.pose(.blazePose33, from: 0)
    let places = SkeletonConversion.body25(from: .blazePose33).places(of: pose)
    #expect(places[19]?.x == pose.keypoints[31]?.position.x)
    #expect(places[20] == nil)
    #expect(places[21]?.x == pose.keypoints[29]?.position.x)
    #expect(places[22]?.x == pose.keypoints[32]?.position.x)
    #expect(places[23] == nil)
    #expect(places[24]?.x == pose.keypoints[30]?.position.x)
  }
}
