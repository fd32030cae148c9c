import Foundation
import StanceImaging
import StanceKit
import StanceMedia
import StancePose
import StanceTestSupport
import Testing

/// From photo to masks.
@Suite(.enabled(if: SharedData.isPresent, "needs the shared data"))
struct SegmentationTests {
  private let bodyPix = SharedData.path(
    "models/coral/bodypix_mobilenet_v1_075_512_512_16_quant_decoder.tflite")

  private func photo(_ name: String) throws -> PixelBuffer {
    try ImageDecoder.read(path: SharedData.path("images/\(name)")).pixels
  }

  /// What both cover, of what either covers.
  private func overlap(_ left: Mask, _ right: Mask) -> Double {
    var (both, either) = (0, 0)
    for (l, r) in zip(left.coverage, right.coverage) {
      both += Int(min(l, r))
      either += Int(max(l, r))
    }
    return either == 0 ? 0 : Double(both) / Double(either)
  }

  /// The share of each person's sure keypoints that lie on the mask of all, and on the person's own.
  private func keypointShares(_ segmentation: Segmentation) throws -> (all: Double, own: Double) {
    let mask = try segmentation.personMask()
    var (total, all, own) = (0, 0, 0)
    for (index, pose) in segmentation.poses.enumerated() {
      let instance = try segmentation.instanceMask(of: index)
      for case let keypoint? in pose.keypoints where keypoint.score > 0.7 && keypoint.isInsideImage
      {
        let pixel = Int(keypoint.position.y) * mask.width + Int(keypoint.position.x)
        total += 1
        all += mask.coverage[pixel] >= 128 ? 1 : 0
        own += instance.coverage[pixel] >= 128 ? 1 : 0
      }
    }
    #expect(total >= 12)
    return (Double(all) / Double(total), Double(own) / Double(total))
  }

  @Test(arguments: [("test_couple.jpg", 2), ("three_people.jpg", 3), ("footballer.jpg", 1)])
  func bodyPixTellsPeopleAndParts(_ name: String, _ count: Int) throws {
    let picture = try photo(name)
    let estimator = try PoseEstimator(model: bodyPix)
    #expect(estimator.model.masks == [.people, .instances, .parts])
    let segmentation = try estimator.segmentation(of: picture)
    #expect(segmentation.poses.count == count)
    #expect(try estimator.poses(in: picture) == segmentation.poses)
    let shares = try keypointShares(segmentation)
    #expect(shares.all > 0.8 && shares.own > 0.75, "\(shares)")
    let parts = try segmentation.partMap()
    let mask = try segmentation.personMask()
    #expect(zip(parts.labels, mask.coverage).allSatisfy { ($0 > 0) == ($1 >= 128) })
    // Noses lie on faces.
    for pose in segmentation.poses {
      guard let nose = pose.keypoints[0], nose.score > 0.7 else { continue }
      let label = parts.labels[Int(nose.position.y) * parts.width + Int(nose.position.x)]
      #expect(BodyPart.allCases.contains { $0.isFace && $0.label == label })
    }
  }

  @Test func nobodyHasNoMask() throws {
    let wall = PixelBuffer(
      width: 200, height: 150, pixels: [UInt8](repeating: 128, count: 200 * 150 * 3))
    let segmentation = try PoseEstimator(model: bodyPix).segmentation(of: wall)
    #expect(segmentation.poses.isEmpty)
    #expect(try segmentation.personMask().share < 0.05)
  }

  @Test(.enabled(if: DefaultModel.isPresent, "needs the default model"))
  func blazePosesMaskIsThatOfBodyPix() throws {
    let picture = try photo("footballer.jpg")
    let estimator = try PoseEstimator()
    #expect(estimator.model.masks == [.people, .instances])
    let segmentation = try estimator.segmentation(of: picture)
    #expect(try estimator.poses(in: picture) == segmentation.poses)
    let shares = try keypointShares(segmentation)
    #expect(shares.all > 0.9 && shares.own > 0.9, "\(shares)")
    let other = try PoseEstimator(model: bodyPix).segmentation(of: picture)
    let common = overlap(try segmentation.personMask(), try other.personMask())
    #expect(common > 0.75, "\(common)")
  }

  /// Hairlines along the cells' borders would be regions of a few pixels.
  @Test(.enabled(if: DefaultModel.isPresent, "needs the default model"))
  func masksHaveNoHairlines() throws {
    let picture = try photo("three_people.jpg")
    for estimator in [try PoseEstimator(), try PoseEstimator(model: bodyPix)] {
      let mask = try estimator.segmentation(of: picture).personMask()
      for isInside in [mask.coverage.map { $0 > 0 }, mask.coverage.map { $0 < 255 }] {
        let sizes = sizesOfConnectedRegions(width: mask.width, isInside: isInside)
        #expect((1...30).contains(sizes.count), "\(sizes)")
        #expect(sizes.count { $0 <= 12 } <= 3, "\(sizes)")
      }
    }
  }

  /// TensorFlow Lite's multi_person_mobilenet_v1_075_float, with BodyPix's weights.
  @Test func segmentsOfTheMultiPersonLayout() throws {
    let path = FileManager.default.temporaryDirectory
      .appendingPathComponent("stance-multi-person-\(UUID().uuidString).tflite")
    try Data(MultiPersonModel.file(from: bodyPix)).write(to: path)
    defer { try? FileManager.default.removeItem(at: path) }
    let model = try PoseModel(
      model: path.path, options: PoseModel.Options(profile: PoseNetProfile.coral.rawValue))
    #expect(model.masks == .people)
    let picture = try photo("test_couple.jpg")
    let segmentation = try model.makeEstimator().segmentation(of: picture)
    #expect(segmentation.poses.count == 2 && !segmentation.tellsPeopleApart)
    let other = try PoseEstimator(model: bodyPix).segmentation(of: picture)
    let common = overlap(try segmentation.personMask(), try other.personMask())
    #expect(common > 0.7, "\(common)")
  }

  @Test func plainPoseNetHasNoMasks() throws {
    let estimator = try PoseEstimator(
      model: SharedData.path(
        "models/posenet/posenet_mobilenet_v1_075_257x257_float_stride16.tflite"))
    #expect(estimator.model.masks == [])
    #expect(throws: KitError.self) { try estimator.segmentation(of: try photo("footballer.jpg")) }
  }
}
