import Testing

@testable import StancePose

@Suite struct MoveNetCropTests {
  let size = ImageSize(width: 640, height: 480)
  let whole = ImageBox(x: 0, y: -80, width: 640, height: 640)

  /// A person with hips about (300, 250), shoulders 60 above, knees 50 and ankles 90 below.
  func person(score: Double = 0.9, visible: Set<Int> = Set(0..<17)) -> Pose {
    let offsets: [(Double, Double)] =
      Array(repeating: (0, -80), count: 5) + [(15, -60), (-15, -60)]
      + Array(repeating: (25, -30), count: 4) + [(10, 0), (-10, 0)] + [(10, 50), (-10, 50)]
      + [(10, 90), (-10, 90)]
    let keypoints = offsets.enumerated().map { index, offset in
      Keypoint(
        position: ImagePoint(x: 300 + offset.0, y: 250 + offset.1),
        score: visible.contains(index) ? 0.8 : 0.1, isInsideImage: true)
    }
    return Pose(skeleton: .coco17, keypoints: keypoints, score: score)
  }

  func isClose(_ left: ImageBox, _ right: ImageBox) -> Bool {
    abs(left.x - right.x) < 1e-9 && abs(left.y - right.y) < 1e-9
      && abs(left.width - right.width) < 1e-9 && abs(left.height - right.height) < 1e-9
  }

  @Test func aFirstFrameIsSeenAsAWhole() {
    #expect(MoveNetCrop(imageSize: size).region == whole)
    #expect(
      MoveNetCrop(imageSize: ImageSize(width: 100, height: 200)).region
        == ImageBox(x: -50, y: 0, width: 200, height: 200))
  }

  /// The torso reaches 60 from the hips, the body 90: 1.9 * 60 > 1.2 * 90.
  @Test func theRegionComesToThePerson() {
    var crop = MoveNetCrop(imageSize: size)
    let target = ImageBox(x: 300 - 114, y: 250 - 114, width: 228, height: 228)
    crop.follow(person())
    #expect(
      isClose(
        crop.region,
        ImageBox(
          x: 0.9 * target.x, y: 0.9 * target.y + 0.1 * whole.y,
          width: 0.9 * target.width + 0.1 * 640, height: 0.9 * target.height + 0.1 * 640)))
    for _ in 0..<20 { crop.follow(person()) }
    #expect(isClose(crop.region, target))
  }

  @Test func theWholeBodyCountsWhereItIsSeen() {
    var pose = person()
    pose.keypoints[15]?.position.y = 250 + 150
    var crop = MoveNetCrop(imageSize: size)
    for _ in 0..<30 { crop.follow(pose) }
    #expect(isClose(crop.region, ImageBox(x: 120, y: 70, width: 360, height: 360)))
    pose.keypoints[15]?.score = 0.1
    for _ in 0..<30 { crop.follow(pose) }
    #expect(isClose(crop.region, ImageBox(x: 186, y: 136, width: 228, height: 228)))
  }

  @Test(arguments: [Set([5, 6]), [11, 12], [0, 13, 14]])
  func withoutATorsoTheWholeImageIsSearched(_ visible: Set<Int>) {
    var crop = MoveNetCrop(imageSize: size)
    for _ in 0..<30 { crop.follow(person()) }
    for _ in 0..<30 { crop.follow(person(visible: visible)) }
    #expect(isClose(crop.region, whole))
  }

  @Test func aHipAndAShoulderAreATorso() {
    var crop = MoveNetCrop(imageSize: size)
    for _ in 0..<30 { crop.follow(person(visible: [5, 12])) }
    #expect(isClose(crop.region, ImageBox(x: 186, y: 136, width: 228, height: 228)))
  }

  @Test func aLostPersonIsSearchedAtOnce() {
    var crop = MoveNetCrop(imageSize: size)
    crop.follow(person())
    crop.follow(person(score: 0.2))
    #expect(crop.region == whole)
    crop.follow(person())
    crop.follow(nil)
    #expect(crop.region == whole)
  }

  /// Larger than the farthest border it is never; larger than the image it is the whole image.
  @Test func aPersonWhoFillsTheImage() {
    var pose = person()
    pose.keypoints[5]?.position.y = 20
    var crop = MoveNetCrop(imageSize: size)
    crop.follow(pose)
    #expect(crop.region == whole)
    let narrow = ImageSize(width: 620, height: 480)
    crop = MoveNetCrop(imageSize: narrow)
    pose.keypoints[5]?.position.y = 95
    for _ in 0..<30 { crop.follow(pose) }
    #expect(isClose(crop.region, ImageBox(x: 5.5, y: -44.5, width: 589, height: 589)))
  }

  @Test func pointsComeBackFromTheRegion() {
    var crop = MoveNetCrop(imageSize: size)
    crop.follow(person())
    let transform = crop.modelToImage(inputSize: ModelSize(width: 192, height: 192))
    let middle = transform(ModelPoint(x: 96, y: 96))
    #expect(middle.distance(to: crop.region.center) < 1e-9)
    #expect(transform(.zero).distance(to: ImagePoint(x: crop.region.x, y: crop.region.y)) < 1e-9)
  }
}
