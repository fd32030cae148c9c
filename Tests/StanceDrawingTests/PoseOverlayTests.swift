import StanceDrawing
import StanceImaging
import StancePose
import Testing

@Suite struct PoseOverlayTests {
  private let background = grey(width: 400, height: 400)
  private let plain = PoseOverlay.Options(showsLabels: false)

  private func drawn(
    _ poses: [Pose], options: PoseOverlay.Options? = nil, on picture: PixelBuffer? = nil
  ) throws -> PixelBuffer {
    try PoseOverlay(picture: picture ?? background, poses: poses, options: options ?? plain).drawn()
  }

  @Test func limbHasTheColorOfItsSideAndADarkEdge() throws {
    let picture = try drawn([leftArm()])
    let orange = picture[200, 199]
    #expect(orange.red == 255 && (145...150).contains(orange.green) && orange.blue < 16)
    let column = (190..<200).map { picture[200, $0] }
    #expect(column.contains { $0.red + $0.green + $0.blue < 3 * 128 * 6 / 10 })
    let right = try drawn([pose(["right_hip": (100, 200), "right_knee": (300, 200)])])
    #expect(right[200, 199].blue == 255 && right[200, 199].red < 60)
    let middle = try drawn([pose(["left_hip": (100, 200), "right_hip": (300, 200)])])
    #expect(middle[200, 199].red > 240 && middle[200, 199].blue > 240)
  }

  @Test func theRestOfThePictureIsUntouched() throws {
    let picture = try drawn([leftArm()])
    let touched = (0..<400).filter { y in (0..<400).contains { picture[$0, y] != background[0, 0] }
    }
    #expect(touched.first.map { $0 > 190 } == true && touched.last.map { $0 < 210 } == true)
    #expect(picture.differences(from: background) > 200 * 2)
  }

  @Test func uncertainIsMoreTransparent() throws {
    let colors = try [1, 0.7, 0.4, 0.2].map { try drawn([leftArm(keypointScore: $0)])[200, 199] }
    let distances = colors.map { abs($0.red - 128) + abs($0.green - 128) + abs($0.blue - 128) }
    #expect(distances == distances.sorted(by: >) && Set(distances).count == 4)
    #expect(distances[3] > 40)
    let hidden = try drawn([leftArm(keypointScore: 1, visibility: 0.4)])
    #expect(hidden[200, 199] == colors[2])
  }

  @Test func keypointsBelowTheMinimumAreLeftOut() throws {
    var options = plain
    options.minimumScore = 0.5
    #expect(try drawn([leftArm(keypointScore: 0.49)], options: options) == background)
    #expect(try drawn([leftArm(keypointScore: 0.5)], options: options) != background)
  }

  @Test func peopleHaveColorsOfTheirOwn() throws {
    let rows = [50.0, 150, 250, 350]
    let people = rows.map { y in
      pose([
        "left_shoulder": (50, y), "left_elbow": (150, y), "right_shoulder": (250, y),
        "right_elbow": (350, y),
      ])
    }
    let picture = try drawn(people)
    let left = rows.map { picture[100, Int($0) - 1] }
    let right = rows.map { picture[300, Int($0) - 1] }
    #expect(Set(left + right).count == 8)
    for (left, right) in zip(left, right) {
      #expect(left.red + left.green + left.blue > right.red + right.green + right.blue)
    }
  }

  @Test func posesFollowTheImageThatThePictureIsACopyOf() throws {
    let small = grey(width: 200, height: 100)
    let overlay = PoseOverlay(
      picture: small, poses: [leftArm()], imageSize: (400, 400), options: plain)
    let picture = try overlay.drawn()
    #expect(picture[100, 49].red > 180 && picture[100, 49].blue < 80)
    #expect(picture[100, 80] == small[0, 0])
  }

  @Test func linesGrowWithThePicture() throws {
    let shares = try [200, 1000, 4000].map { side in
      let size = Double(side)
      let arm = pose([
        "left_shoulder": (size / 8, size / 2), "left_elbow": (size * 7 / 8, size / 2),
      ])
      let background = grey(width: side, height: side)
      let picture = try drawn([arm], on: background)
      let column = (0..<side).count { picture[side / 2, $0] != background[0, 0] }
      return Double(column) / size
    }
    #expect(shares.allSatisfy { (0.004...0.03).contains($0) }, "\(shares)")
    #expect(shares[0] >= shares[1], "small pictures have relatively wide lines")
  }

  @Test func faceIsFinerThanTheBody() throws {
    var options = plain
    options.lineScale = 5
    func height(_ first: String, _ second: String) throws -> Int {
      let points: KeyValuePairs<String, (x: Double, y: Double)> = [
        first: (x: 100.0, y: 200.0), second: (300, 200), "left_hip": (200, 390),
      ]
      let picture = try drawn([pose(points, skeleton: .blazePose33)], options: options)
      return (150..<250).count { picture[200, $0] != background[0, 0] }
    }
    let (face, arm) = try (
      height("left_eye_outer", "left_ear"), height("left_shoulder", "left_elbow")
    )
    #expect(face > 4 && face * 3 < arm * 2)
  }

  @Test func labelIsKeptInsideThePicture() throws {
    let corner = pose(["nose": (395, 2), "left_eye": (398, 1)])
    let labelled = try drawn([corner], options: .init(lineScale: 2))
    let unlabelled = try drawn([corner], options: .init(showsLabels: false, lineScale: 2))
    let changed = (0..<400).flatMap { y in (0..<400).map { ($0, y) } }
      .filter { labelled[$0.0, $0.1] != unlabelled[$0.0, $0.1] }
    #expect(changed.count > 100)
    #expect(changed.allSatisfy { $0.0 > 300 && $0.1 < 50 })
    #expect(changed.contains { labelled[$0.0, $0.1].green > 160 }, "light letters")
  }

  @Test(arguments: [
    // To the right, to the left where there is no room, and below where both are taken.
    [(180.0, 2.0), (220, 40)], [(340, 2), (396, 40)], [(4, 2), (396, 40)],
  ])
  func labelCoversNoHandAtTheTop(corners: [(Double, Double)]) throws {
    let hand = pose(["wrist": corners[0], "thumb_cmc": corners[1]], skeleton: .hand21)
    func drawn(_ labels: Bool) throws -> PixelBuffer {
      try PoseOverlay(
        picture: background, people: [Person(hand: hand, side: .left)],
        options: .init(showsLabels: labels, lineScale: 2)
      ).drawn()
    }
    let (labelled, unlabelled) = (try drawn(true), try drawn(false))
    let changed = (0..<400).flatMap { y in (0..<400).map { (x: $0, y: y) } }
      .filter { labelled[$0.x, $0.y] != unlabelled[$0.x, $0.y] }
    #expect(changed.count > 100)
    let inside = changed.filter {
      Double($0.x) > corners[0].0 && Double($0.x) < corners[1].0 && $0.y < 40
    }
    #expect(inside.count == 0)
    #expect(changed.allSatisfy { $0.y < 90 })
  }

  @Test func labelsOfPeopleInOnePlaceLieApart() throws {
    let one = try drawn([leftArm(), leftArm()], options: .init())
    let rows = (0..<400).filter { one[200, $0] != background[0, 0] }
    let single = try drawn([leftArm()], options: .init())
    let singleRows = (0..<400).filter { single[200, $0] != background[0, 0] }
    #expect(rows.count > singleRows.count + 8)
  }

  @Test func boxIsDrawnWhereItIs() throws {
    var options = plain
    options.showsBox = true
    var person = leftArm()
    person.box = ImageBox(x: 40, y: 60, width: 300, height: 280)
    let picture = try drawn([person], options: options)
    for (x, y) in [(200, 60), (200, 340), (40, 120), (340, 120)] {
      #expect(picture[x, y] != background[0, 0])
    }
    #expect(picture[200, 120] == background[0, 0])
  }
}
