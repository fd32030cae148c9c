import StancePose

@testable import StanceCommands

/// Results as models give them.
enum Samples {
  static let model = ImageResult.Model(
    name: "posenet", sha256: String(repeating: "0a", count: 32), family: "posenet",
    profile: "tfjs")

  /// By the names of their golden texts.
  static let single = [
    "couple": couple(), "athlete": athlete(), "nobody": nobody(), "whole": whole(),
    "hands": hands(),
  ]

  /// Two people with COCO's keypoints; the second one's left ankle was not found.
  static func couple(source: String = "photos/couple.jpg") -> ImageResult {
    result(
      source: source, poses: [pose(coco17, from: 100.0625), pose(coco17, from: 300, without: 15)])
  }

  /// One person with BlazePose's landmarks and all that comes with them.
  static func athlete(source: String = "athlete.png") -> ImageResult {
    result(
      source: source, skeleton: .blazePose33, poses: [pose(.blazePose33, from: 10, isRich: true)])
  }

  /// Two people of whose parts some were found.
  static func whole(source: String = "whole.jpg") -> ImageResult {
    ImageResult(
      source: source, width: 640, height: 480,
      origin: ImageResult.Origin(
        parts: [.body, .hands, .face], model: model,
        partModels: ["hands", "face"].map { ImageResult.PartModel(name: $0, model: model) },
        skeleton: coco17),
      people: [
        Person(
          body: pose(coco17, from: 100), leftHand: pose(.hand21, from: 200, without: 4),
          face: pose(face, from: 300)),
        Person(body: pose(coco17, from: 400)),
      ])
  }

  /// Hands that nothing tells the owners of.
  static func hands(source: String = "hands.jpg") -> ImageResult {
    ImageResult(
      source: source, width: 640, height: 480,
      origin: ImageResult.Origin(parts: .hands, model: model, skeleton: nil),
      people: [
        Person(hand: pose(.hand21, from: 10), side: .right),
        Person(hand: pose(.hand21, from: 50), side: .left),
      ])
  }

  /// Three points, as a whole mesh says no more.
  private static let face = Skeleton(
    name: "face468", keypoints: Array(Skeleton.face468.keypoints.prefix(3)), limbs: [])

  static func nobody(source: String = "empty.jpg") -> ImageResult {
    result(source: source, poses: [])
  }

  static func result(
    source: String, skeleton: Skeleton = .coco17, poses: [Pose]
  ) -> ImageResult {
    ImageResult(
      source: source, width: 640, height: 480,
      origin: ImageResult.Origin(parts: .body, model: model, skeleton: skeleton),
      people: poses.map { Person(body: $0) })
  }

  static var coco17: Skeleton { .coco17 }

  static func pose(
    _ skeleton: Skeleton, from x: Double, without absent: Int? = nil, isRich: Bool = false
  ) -> Pose {
    let keypoints = skeleton.keypoints.indices.map { index -> Keypoint? in
      guard index != absent else { return nil }
      let step = Double(index)
      return Keypoint(
        position: ImagePoint(x: x + step * 1.5, y: 20 + step * 12.3456), score: 0.9 - step / 100,
        isInsideImage: true, visibility: isRich ? 0.99 - step / 200 : nil,
        presence: isRich ? 0.999 : nil, depth: isRich ? step - 16 : nil,
        world: isRich ? WorldPoint(x: step / 10, y: -step / 100, z: 0.5) : nil)
    }
    return Pose(skeleton: skeleton, keypoints: keypoints, score: 0.8765432)
  }

  static func encoder(_ format: ResultFormat, isSingle: Bool, ids: [Int] = [1, 2, 3])
    -> ResultEncoder
  {
    ResultEncoder(format: format, holdsSeveralPictures: !isSingle, imageIDs: ids)
  }

  /// All of a format's text for these results.
  static func text(_ results: [ImageResult], as format: ResultFormat) -> String {
    let encoder = encoder(format, isSingle: results.count == 1)
    let texts = results.enumerated().map { encoder.text(of: $1, at: $0) }.filter { !$0.isEmpty }
    return encoder.beginning + texts.joined(separator: encoder.separator)
      + encoder.ending(isEmpty: texts.isEmpty)
  }
}
