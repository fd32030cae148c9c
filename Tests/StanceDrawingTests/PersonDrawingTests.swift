import StanceImaging
import StancePose
import Testing

@testable import StanceDrawing

@Suite struct PersonDrawingTests {
  private let background = grey(width: 400, height: 400)

  private func drawn(_ people: [Person]) throws -> PixelBuffer {
    try PoseOverlay(
      picture: background, people: people, options: PoseOverlay.Options(showsLabels: false)
    ).drawn()
  }

  /// The palm's edge, level, across the middle of the picture.
  private var hand: Pose {
    pose(["wrist": (100, 200), "thumb_cmc": (300, 200)], skeleton: .hand21)
  }

  @Test func handsHaveTheColourOfTheirSide() throws {
    let left = try drawn([Person(hand: hand, side: .left)])[200, 200]
    #expect(left.red > 180 && left.blue < 80)
    let right = try drawn([Person(hand: hand, side: .right)])[200, 200]
    #expect(right.blue > 180 && right.red < 120)
    let joint = try drawn([Person(hand: hand, side: .right)])[100, 200]
    #expect(joint.blue > 180 && joint.red < 120)
  }

  @Test func facesAreLinesAlone() throws {
    // The first line of the lips, and a point that no line has.
    let face = pose(
      ["point_61": (100, 200), "point_146": (300, 200), "point_1": (200, 100)],
      skeleton: .face468)
    let picture = try drawn([Person(face: face)])
    #expect(picture[200, 200] != background[0, 0])
    #expect(picture[200, 100] == background[0, 0])
  }

  @Test func partsAreDrawnWithTheirBody() throws {
    let body = leftArm()
    let alone = try drawn([Person(body: body)])
    #expect(
      try PoseOverlay(
        picture: background, poses: [body], options: PoseOverlay.Options(showsLabels: false)
      ).drawn() == alone)
    let low = pose(["wrist": (100, 300), "thumb_cmc": (300, 300)], skeleton: .hand21)
    let both = try drawn([Person(body: body, leftHand: low)])
    #expect(both[200, 200] == alone[200, 200])
    #expect(both[200, 300] != alone[200, 300])
  }

  @Test func partsReplaceWhatTheBodyShowsOfThem() throws {
    let body = pose(
      [
        "left_wrist": (100, 100), "left_index": (300, 100), "right_wrist": (100, 200),
        "right_index": (300, 200), "nose": (100, 350), "left_eye": (300, 350),
      ],
      skeleton: .blazePose33)
    let far = pose(["wrist": (20, 20)], skeleton: .hand21)
    let face = pose(["point_1": (20, 20)], skeleton: .face468)
    let alone = try drawn([Person(body: body)])
    let hand = try drawn([Person(body: body, leftHand: far)])
    #expect(alone[200, 100] != background[0, 0] && hand[200, 100] == background[0, 0])
    #expect(hand[200, 200] == alone[200, 200])
    #expect(hand[100, 100] != background[0, 0])
    let covered = try drawn([Person(body: body, face: face)])
    #expect(alone[300, 350] != background[0, 0] && covered[300, 350] == background[0, 0])
  }

  @Test func aPersonOfNothingIsNothing() throws {
    #expect(try PoseOverlay(picture: background, people: [Person()]).drawn() == background)
  }
}
