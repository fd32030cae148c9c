import Foundation
import StanceImaging
import StanceKit
import StanceMedia
import StancePose
import StanceTestSupport
import Testing

/// MoveNet from file to poses.
@Suite(.enabled(if: SharedData.isPresent, "needs the shared data"))
struct MoveNetTests {
  static let model = "models/movenet/movenet_single_pose_lightning_ptq.tflite"

  /// Coral's published positions of `squat.bmp`, in fractions of the image; its scores come from
  /// another runtime.
  @Test func publishedPositions() throws {
    let csv = try String(
      contentsOfFile: SharedData.path(
        "references/coral-published/movenet_single_pose_lightning_ptq_reference.csv"),
      encoding: .utf8)
    let rows = csv.split(whereSeparator: \.isNewline).dropFirst()
      .map { $0.split(separator: ",").compactMap { Double($0) } }
    #expect(rows.count == 17)
    let image = try ImageDecoder.read(path: SharedData.path("images/squat.bmp"))
    let poses = try PoseEstimator(model: SharedData.path(Self.model)).poses(in: image.pixels)
    let pose = try #require(poses.first)
    #expect(poses.count == 1 && pose.skeleton == .coco17)
    var farthest = 0.0
    for row in rows {
      let keypoint = try #require(pose.keypoints[Int(row[2])])
      let name = pose.skeleton.keypoints[Int(row[2])].name
      let x = abs(keypoint.position.x / Double(image.width) - row[4])
      let y = abs(keypoint.position.y / Double(image.height) - row[5])
      #expect(x <= 0.05 && y <= 0.05, "\(name): \(x), \(y)")
      farthest = max(farthest, x, y)
    }
    print("MoveNet Lightning beside Coral's published positions: at most \(farthest) of a side")
  }

  @Test func aPersonInAWidePhoto() throws {
    let image = try ImageDecoder.read(path: SharedData.path("images/footballer.jpg"))
    let pose = try #require(
      try PoseEstimator(model: SharedData.path(Self.model)).poses(in: image.pixels).first)
    let posenet = try #require(
      try PoseEstimator(model: SharedData.path(PoseNetEstimatorTests.models[0]))
        .poses(in: image.pixels).first)
    let limit = 0.08 * Double(max(image.width, image.height))
    let distances = zip(pose.keypoints, posenet.keypoints).compactMap { one, other in
      one.flatMap { one in other.map { one.position.distance(to: $0.position) } }
    }
    #expect(distances.count == 17)
    #expect(distances.count { $0 < limit } >= 15, "\(distances)")
  }

  @Test func anotherProfileIsAnError() {
    #expect(throws: KitError.self) {
      try PoseEstimator(
        model: SharedData.path(Self.model),
        options: PoseModel.Options(profile: "posenet-python"))
    }
  }
}

/// MultiPose's interface, on a network made for it: `Scripts/network_cases/movenet_multipose.py`.
struct MoveNetMultiPoseTests {
  private func estimator(_ options: PoseModel.Options = .init()) throws -> PoseEstimator {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    return try PoseEstimator(
      model: folder.appendingPathComponent("Networks/movenet_multipose.tflite").path,
      options: options)
  }

  private func picture(width: Int, height: Int, red: UInt8) -> PixelBuffer {
    PixelBuffer(
      width: width, height: height,
      pixels: (0..<width * height).flatMap { _ -> [UInt8] in [red, 0, 0] })
  }

  /// 100x60 becomes 256x154, padded below to 256x160.
  @Test func theInputTakesThePicturesProportions() throws {
    let poses = try estimator().poses(in: picture(width: 100, height: 60, red: 255))
    let scores = (0..<6).map { 0.9625 * pow(0.8, Double($0)) }
    #expect(poses.count == 6)
    for (index, pose) in poses.enumerated() {
      let (x, y) = (0.1 + 0.1 * Double(index), 0.2 + 0.1 * Double(index))
      #expect(abs(pose.score - scores[index]) < 1e-5)
      let nose = try #require(pose.keypoints[0]).position
      #expect(abs(nose.x - x * 100) < 1e-4)
      #expect(abs(nose.y - y * 160 * 60 / 154) < 1e-4)
      #expect(abs(pose.box.center.x - x * 100) < 1e-4)
      #expect(abs(pose.box.width - 20) < 1e-4)
    }
  }

  /// One estimator after another takes pictures of any size; faint people are left out.
  @Test func picturesOfOtherSizes() throws {
    let estimator = try estimator(PoseModel.Options(maximumPeople: 3))
    for (width, height) in [(640, 480), (480, 640), (64, 64), (300, 900)] {
      let poses = try estimator.poses(in: picture(width: width, height: height, red: 128))
      let nose = try #require(poses.first?.keypoints[0]).position
      let isTall = height > width
      // The side that is not padded maps exactly.
      #expect(
        abs(isTall ? nose.y - 0.2 * Double(height) : nose.x - 0.1 * Double(width)) < 1e-3)
      #expect(poses.count <= 3 && poses.allSatisfy { $0.score >= 0.25 })
    }
  }
}
