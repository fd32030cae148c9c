import Testing

@testable import StancePose

@Suite struct SizeTests {
  @Test func leftAndTopEdgesBelongToThePicture() {
    let size = ImageSize(width: 20, height: 10)
    #expect(size.contains(ImagePoint(x: 0, y: 0)))
    #expect(size.contains(ImagePoint(x: 19.99, y: 9.99)))
    #expect(!size.contains(ImagePoint(x: 20, y: 5)))
    #expect(!size.contains(ImagePoint(x: 5, y: 10)))
    #expect(!size.contains(ImagePoint(x: -0.01, y: 5)))
    #expect(!size.contains(ImagePoint(x: .nan, y: 5)))
    #expect(!ImageSize(width: 0, height: 0).contains(.zero))
  }
}

@Suite struct BoxTests {
  @Test func overlapOfShiftedSquares() {
    let box = ImageBox(x: 0, y: 0, width: 2, height: 2)
    #expect(box.intersectionOverUnion(box) == 1)
    #expect(box.intersectionOverUnion(ImageBox(x: 1, y: 0, width: 2, height: 2)) == 1.0 / 3)
    #expect(box.intersectionOverUnion(ImageBox(x: 2, y: 0, width: 2, height: 2)) == 0)
    #expect(box.intersectionOverUnion(ImageBox(x: 1, y: 1, width: 0, height: 0)) == 0)
  }

  @Test func noPointsHaveNoBox() {
    #expect(ImageBox(around: []) == nil)
    #expect(
      ImageBox(around: [ImagePoint(x: 3, y: 1), ImagePoint(x: -1, y: 4)])
        == ImageBox(x: -1, y: 1, width: 4, height: 3))
  }
}

@Suite struct AffineTransformTests {
  let transform = AffineTransform<ModelSpace, ImageSpace>(a: 2, b: 1, c: -3, d: 0.5, e: 4, f: 7)

  @Test func inverseTakesPointsBack() throws {
    let point = ModelPoint(x: 11, y: -6)
    let inverse = try #require(transform.inverse)
    #expect(inverse(transform(point)).distance(to: point) < 1e-12)
    #expect(AffineTransform<ModelSpace, ImageSpace>(scaleX: 0, scaleY: 1).inverse == nil)
  }

  @Test func followedByAppliesBothInOrder() {
    let next = AffineTransform<ImageSpace, NormalizedSpace>(
      scaleX: 0.1, scaleY: 0.2, offsetX: 5, offsetY: 6)
    let point = ModelPoint(x: 2, y: 3)
    let both = transform.followed(by: next)(point)
    #expect(both.distance(to: next(transform(point))) < 1e-12)
  }
}

@Suite struct RotatedRegionTests {
  @Test func uprightRegionIsPlainScaling() {
    let region = RotatedRegion(center: ImagePoint(x: 50, y: 40), side: 20, rotation: 0)
    #expect(region.unitToImage(NormalizedPoint(x: 0, y: 0)) == ImagePoint(x: 40, y: 30))
    #expect(region.unitToImage(NormalizedPoint(x: 1, y: 0.5)) == ImagePoint(x: 60, y: 40))
    let transform = region.modelToImage(inputSize: ModelSize(width: 256, height: 256))
    #expect(transform(ModelPoint(x: 128, y: 256)) == ImagePoint(x: 50, y: 50))
  }

  @Test func positiveRotationTurnsTheRightSideDown() {
    let region = RotatedRegion(center: ImagePoint(x: 50, y: 40), side: 20, rotation: .pi / 2)
    let right = region.unitToImage(NormalizedPoint(x: 1, y: 0.5))
    #expect(right.distance(to: ImagePoint(x: 50, y: 50)) < 1e-12)
    let bottom = region.unitToImage(NormalizedPoint(x: 0.5, y: 1))
    #expect(bottom.distance(to: ImagePoint(x: 40, y: 40)) < 1e-12)
  }

  @Test(arguments: [-2.9, -1.0, 0.0, 0.3, 1.7])
  func inverseAndCornersAgree(rotation: Double) throws {
    let region = RotatedRegion(center: ImagePoint(x: 7, y: -4), side: 31, rotation: rotation)
    let back = try #require(region.unitToImage.inverse)
    let expected = [(0.0, 0.0), (1, 0), (1, 1), (0, 1)].map { NormalizedPoint(x: $0, y: $1) }
    for (corner, unit) in zip(region.corners, expected) {
      #expect(back(corner).distance(to: unit) < 1e-12)
      #expect(abs(corner.distance(to: region.center) - 31 / 2.0.squareRoot()) < 1e-9)
    }
    #expect(RotatedRegion(center: .zero, side: 0, rotation: 1).unitToImage.inverse == nil)
  }
}

@Suite struct SkeletonTests {
  @Test(arguments: [Skeleton.coco17, .blazePose33, .hand21, .face468])
  func limbsJoinKeypointsThatExist(skeleton: Skeleton) {
    #expect(Set(skeleton.keypoints).count == skeleton.keypoints.count)
    for limb in skeleton.limbs {
      #expect(skeleton.keypoints.indices.contains(limb.start))
      #expect(skeleton.keypoints.indices.contains(limb.end))
    }
  }

  /// Counts of MediaPipe's HAND_CONNECTIONS and FACEMESH_CONTOURS, and a few of their members.
  @Test func handsAndFacesHaveMediaPipesLines() {
    let (hand, face) = (Skeleton.hand21, Skeleton.face468)
    #expect(hand.keypoints.count == 21 && face.keypoints.count == 468)
    #expect(hand.limbs.count == 21 && Set(hand.limbs).count == 21)
    #expect(face.limbs.count == 124 && Set(face.limbs).count == 124)
    for limb in [(0, 17), (5, 9), (13, 17), (19, 20)].map(Skeleton.Limb.init) {
      #expect(hand.limbs.contains(limb))
    }
    for limb in [(61, 146), (415, 308), (109, 10), (66, 107), (173, 133)].map(Skeleton.Limb.init) {
      #expect(face.limbs.contains(limb))
    }
    #expect(hand.keypoints[hand.limbs[3].end].name == "thumb_tip")
  }

  @Test func sidesComeFromNames() throws {
    let skeleton = Skeleton.blazePose33
    #expect(skeleton.keypoints[try #require(skeleton.index(of: "mouth_left"))].side == .left)
    #expect(skeleton.keypoints[try #require(skeleton.index(of: "right_hip"))].side == .right)
    #expect(skeleton.keypoints[0].side == .middle)
    #expect(skeleton.side(of: .init(11, 12)) == .middle)
    #expect(skeleton.side(of: .init(0, 1)) == .left)
    #expect(skeleton.index(of: "tail") == nil)
  }
}
