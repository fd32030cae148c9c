import Testing

@testable import StancePose

@Suite struct DuplicatePosesTests {
  func pose(x: Double = 0, score: Double = 0.9, scale: Double = 1) -> Pose {
    let keypoints = standingPerson(nose: ModelPoint(x: 100, y: 100), scale: scale).map { point in
      Keypoint(
        position: ImagePoint(x: point.x + x, y: point.y), score: 1, isInsideImage: true)
    }
    return Pose(skeleton: .coco17, keypoints: keypoints, score: score)
  }

  @Test func thePersonIsKeptWhereTheScoreIsBest() {
    let poses = [pose(score: 0.8), pose(x: 3, score: 0.9), pose(x: 150, score: 0.7)]
    #expect(poses.indicesOfDistinctPeople() == [1, 2])
    #expect(poses.removingDuplicates() == [poses[1], poses[2]])
  }

  @Test func ofEqualScoresTheFirstStays() {
    #expect([pose(), pose(), pose()].indicesOfDistinctPeople() == [0])
  }

  @Test func toleranceIsAShareOfTheLongerSide() {
    // The box is 205 pixels high.
    #expect([pose(), pose(x: 20.4)].indicesOfDistinctPeople() == [0])
    #expect([pose(), pose(x: 20.6)].indicesOfDistinctPeople() == [0, 1])
  }

  @Test func aChildBeforeAParentIsAPersonOfItsOwn() {
    #expect([pose(), pose(scale: 0.5)].indicesOfDistinctPeople() == [0, 1])
  }

  @Test func posesWithoutCommonKeypointsAreDistinct() {
    let (left, right) = (Array(0..<8), Array(8..<17))
    var (first, second) = (pose(), pose())
    for index in left { first.keypoints[index] = nil }
    for index in right { second.keypoints[index] = nil }
    #expect([first, second].removingDuplicates().count == 2)
    let empty = Pose(
      skeleton: .coco17, keypoints: [Keypoint?](repeating: nil, count: 17), score: 0)
    #expect([empty, empty].removingDuplicates().count == 2)
    #expect([Pose]().removingDuplicates().isEmpty)
  }
}
