import Foundation
import StanceMedia
import StancePose
import StanceTestSupport

/// What mediapipe 0.10.14 finds in a picture, made by `Scripts/references/hands_and_face.py`.
struct HandsAndFaceReference: Decodable {
  let image: String
  let width: Int
  let height: Int
  /// How many points of a face stand for one that is there.
  let every: Int
  let hands: [Hand]
  let faces: [[[Double]]]
  let person: Person

  struct Hand: Decodable {
    /// As in a mirror.
    let label: String
    let points: [[Double]]
  }

  struct Person: Decodable {
    let body: [[Double]]?
    let leftHand: [[Double]]?
    let rightHand: [[Double]]?
    let face: [[Double]]?
  }

  static func all() throws -> [HandsAndFaceReference] {
    let path = SharedData.repository.appendingPathComponent(
      "Tests/ReferenceTests/Results/hands_and_face.json")
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode([HandsAndFaceReference].self, from: Data(contentsOf: path))
  }

  /// The picture itself, of the shared folder.
  func picture() throws -> DecodedImage {
    let folder = image.first?.isNumber == true ? "images/coco" : "images"
    return try ImageDecoder.read(path: SharedData.path("\(folder)/\(image)"))
  }
}

/// How many points of one part of people lie where the reference has them.
struct PointAgreement: CustomStringConvertible {
  private(set) var compared = 0
  private(set) var near = 0
  /// Parts that are in the reference, and of those the ones that we have none for.
  private(set) var parts = 0
  private(set) var missing = 0

  var share: Double { compared == 0 ? 0 : Double(near) / Double(compared) }

  var description: String {
    "\(near) of \(compared) points, \(missing) of \(parts) parts missing"
  }

  /// A point is near within 2 % of the longer side of the reference's box, which its region is larger
  /// than. Points of a part that is missing are compared, and not near.
  /// - Parameter every: which of our points the reference has.
  mutating func add(_ pose: Pose?, _ reference: [[Double]], every: Int = 1) {
    let expected = reference.map { ImagePoint(x: $0[0], y: $0[1]) }
    guard let box = ImageBox(around: expected) else { return }
    let limit = 0.02 * max(box.width, box.height)
    parts += 1
    missing += pose == nil ? 1 : 0
    compared += expected.count
    near += expected.indices.count { index in
      let found = pose?.keypoints[index * every]
      return found.map { $0.position.distance(to: expected[index]) <= limit } ?? false
    }
  }
}

extension Pose {
  /// The mean distance of every so manieth keypoint to a reference's points.
  func distance(to reference: [[Double]], every: Int = 1) -> Double {
    let distances = reference.indices.compactMap { index in
      keypoints[index * every]?.position
        .distance(to: ImagePoint(x: reference[index][0], y: reference[index][1]))
    }
    return distances.isEmpty ? .infinity : distances.reduce(0, +) / Double(distances.count)
  }
}
