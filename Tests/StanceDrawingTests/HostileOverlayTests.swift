import StanceDrawing
import StanceImaging
import StancePose
import Testing

@Suite struct HostileOverlayTests {
  private static let numbers: [Double] = [
    .nan, .infinity, -.infinity, 1e300, -1e300, 1e18, -1e9, 1e7, -32768, 0, 5, 1601,
  ]

  @Test(arguments: DrawingFormat.allCases)
  func anyNumberAnywhereGivesADrawing(format: DrawingFormat) throws {
    let picture = grey(width: 40, height: 30)
    let options = PoseOverlay.Options(minimumScore: 0, showsBox: true)
    var tried = 0
    for x in Self.numbers {
      for y in Self.numbers {
        var person = pose(
          ["left_shoulder": (x, y), "left_elbow": (10, 10), "nose": (y, x)], keypointScore: 1,
          score: x)
        person.box = ImageBox(x: x, y: y, width: y, height: x)
        let overlay = PoseOverlay(picture: picture, poses: [person, person], options: options)
        tried += try overlay.encoded(as: format).isEmpty ? 0 : 1
      }
    }
    #expect(tried == Self.numbers.count * Self.numbers.count)
  }

  @Test func scoresThatAreNoNumbersAreLeftOut() throws {
    let picture = grey(width: 40, height: 30)
    for score: Double in [.nan, -.infinity, -1] {
      let person = pose(["nose": (20, 20)], keypointScore: score, score: score)
      #expect(try PoseOverlay(picture: picture, poses: [person]).drawn() == picture)
    }
  }

  @Test func nobodyAndNothingLeaveThePictureAsItIs() throws {
    let picture = grey(77, width: 31, height: 17)
    #expect(try PoseOverlay(picture: picture, poses: []).drawn() == picture)
    #expect(try PoseOverlay(picture: picture, poses: [pose([:])]).drawn() == picture)
    let outside = pose(["left_hip": (-60, -60), "left_knee": (-50, -40)])
    #expect(try PoseOverlay(picture: picture, poses: [outside]).drawn() == picture)
  }

  @Test func limbThatLeavesThePictureIsDrawnUpToItsEdge() throws {
    let picture = grey(width: 100, height: 100)
    let leg = pose(["left_knee": (50, 50), "left_ankle": (50, 250)])
    let drawn = try PoseOverlay(picture: picture, poses: [leg]).drawn()
    #expect(drawn[50, 99] != picture[0, 0])
  }

  @Test(arguments: [(1, 1), (1, 300), (300, 1), (2, 3)])
  func tinyPictures(width: Int, height: Int) throws {
    let picture = grey(width: width, height: height)
    let people = [pose(["nose": (0.5, 0.5), "left_eye": (0.6, 0.2)]), leftArm()]
    for format in DrawingFormat.allCases {
      let bytes = try PoseOverlay(picture: picture, poses: people).encoded(as: format)
      #expect(!bytes.isEmpty)
    }
  }

  @Test func limbsOfASkeletonThatPointNowhere() throws {
    let skeleton = Skeleton(
      name: "odd", keypoints: [.init(name: "a"), .init(name: "left_b")],
      limbs: [.init(0, 7), .init(-1, 1), .init(0, 1), .init(1, 1)])
    var person = pose(["a": (10, 10), "left_b": (30, 10)], skeleton: skeleton)
    let picture = grey(width: 40, height: 40)
    #expect(try PoseOverlay(picture: picture, poses: [person]).drawn()[20, 10] != picture[0, 0])
    person.keypoints.removeLast()
    #expect(try PoseOverlay(picture: picture, poses: [person]).drawn() != picture)
  }

  @Test func optionsOutsideTheirRangeAreErrors() {
    let picture = grey(width: 4, height: 4)
    let bad: [PoseOverlay.Options] = [
      .init(minimumScore: .nan), .init(minimumScore: -0.1), .init(lineScale: 0),
      .init(lineScale: .infinity), .init(lineScale: .nan),
    ]
    for options in bad {
      let error = #expect(throws: DrawingError.self) {
        try PoseOverlay(picture: picture, poses: [], options: options).drawn()
      }
      #expect(error?.code == .invalidOption)
    }
    let error = #expect(throws: DrawingError.self) {
      try PoseOverlay(picture: picture, poses: [], imageSize: (0, 4)).encoded(as: .svg)
    }
    #expect(error?.code == .invalidOption)
  }

  @Test func picturesThatAreTooLongAreReducedOrRefused() throws {
    let long = grey(90, width: 70_001, height: 2)
    let bytes = try PoseOverlay(picture: long, poses: []).encoded(as: .png)
    #expect(pngSize(bytes).map { [$0.width, $0.height] } == [23334, 1])
    let error = #expect(throws: DrawingError.self) { try long.pngBytes() }
    #expect(error?.code == .pictureTooLarge)
    #expect(error?.description.contains("70001 x 2") == true)
  }
}
