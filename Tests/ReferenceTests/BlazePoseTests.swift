import Foundation
import StanceKit
import StanceMedia
import StancePose
import StanceTestSupport
import Testing

enum DefaultModel {
  static var isPresent: Bool { (try? ModelFolder.file("pose_landmark_full")) != nil }
}

/// BlazePose from file to landmarks, beside mediapipe 0.10.14 in static image mode.
@Suite(
  .enabled(if: SharedData.isPresent, "needs the shared data"),
  .enabled(if: DefaultModel.isPresent, "needs the default model"))
struct BlazePoseTests {
  struct Reference: Decodable {
    let image: String
    let width: Int
    let height: Int
    /// x and y in pixels, z, visibility.
    let landmarks: [[Double]]
  }

  @Test func landmarksAgree() throws {
    let estimator = try PoseEstimator()
    var (compared, near) = (0, 0)
    for name in ["footballer", "pose", "squat"] {
      let json = try Data(
        contentsOf: URL(fileURLWithPath: SharedData.path("references/blazepose-full/\(name).json")))
      let reference = try JSONDecoder().decode(Reference.self, from: json)
      let image = try ImageDecoder.read(path: SharedData.path("images/\(reference.image)"))
      #expect(image.width == reference.width && image.height == reference.height)
      let pose = try #require(try estimator.poses(in: image.pixels).first)
      let limit = 0.001 * Double(max(reference.width, reference.height))
      for (keypoint, landmark) in zip(pose.keypoints, reference.landmarks)
      where landmark[3] > 0.5 {
        compared += 1
        guard let keypoint else { continue }
        let expected = ImagePoint(x: landmark[0], y: landmark[1])
        if keypoint.position.distance(to: expected) <= limit { near += 1 }
      }
    }
    #expect(compared > 60)
    #expect(Double(near) >= 0.99 * Double(compared), "\(near) of \(compared)")
  }

  @Test func severalPeopleAreFound() throws {
    let image = try ImageDecoder.read(path: SharedData.path("images/three_people.jpg"))
    let poses = try PoseEstimator().poses(in: image.pixels)
    #expect(poses.count >= 2)
    #expect(poses.allSatisfy { $0.score >= 0.5 })
    let more = try PoseEstimator(options: PoseModel.Options(minimumScore: 0.2))
      .poses(in: ImageDecoder.read(path: SharedData.path("images/test_couple.jpg")).pixels)
    #expect(more.count >= 2 && more.allSatisfy { $0.score >= 0.2 })
    let one = PoseModel.Options(maximumPeople: 1)
    #expect(try PoseEstimator(options: one).poses(in: image.pixels).count == 1)
  }
}
