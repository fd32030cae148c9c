import StancePose
import Testing

@Suite struct PersonTests {
  private func pose(_ skeleton: Skeleton, at x: Double, score: Double) -> Pose {
    Pose(
      skeleton: skeleton,
      keypoints: skeleton.keypoints.indices.map {
        Keypoint(
          position: ImagePoint(x: x + Double($0), y: 10), score: score, isInsideImage: true)
      }, score: score)
  }

  @Test func theBodySpeaksForThePerson() {
    let person = Person(
      body: pose(.coco17, at: 0, score: 0.6), leftHand: pose(.hand21, at: 100, score: 0.9))
    #expect(person.score == 0.6)
    #expect(person.box == person.body?.box)
    #expect(person.poses.count == 2)
  }

  @Test func withoutABodyThePartsDo() {
    let person = Person(
      leftHand: pose(.hand21, at: 100, score: 0.7), face: pose(.face468, at: 0, score: 0.8))
    #expect(person.score == 0.8)
    #expect(person.box == ImageBox(x: 0, y: 10, width: 467, height: 0))
    #expect(Person().score == 0 && Person().box.width == 0)
  }

  @Test func partsHaveNamesAndSides() {
    let hand = pose(.hand21, at: 0, score: 1)
    let person = Person(hand: hand, side: .right)
    #expect(person.rightHand == hand && person.leftHand == nil)
    #expect(Person(hand: hand, side: .middle).poses.isEmpty)
    #expect(person.parts.map(\.name) == ["left_hand", "right_hand", "face"])
    #expect(person.parts.map(\.side) == [.left, .right, .middle])
    #expect(person.parts.map { $0.pose != nil } == [false, true, false])
  }
}
