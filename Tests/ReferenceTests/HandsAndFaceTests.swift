import Foundation
import StanceKit
import StanceMedia
import StancePose
import StanceTestSupport
import Testing

enum HandAndFaceModels {
  static var arePresent: Bool {
    [
      "hand_landmark_full", "palm_detection_full", "hand_recrop", "face_landmark",
      "face_detection_short_range",
    ].allSatisfy { (try? ModelFolder.file($0)) != nil }
  }
}

/// Hands and faces from file to points, beside mediapipe 0.10.14 in static image mode.
@Suite(
  .enabled(if: SharedData.isPresent, "needs the shared data"),
  .enabled(
    if: DefaultModel.isPresent && HandAndFaceModels.arePresent,
    "needs the models of bodies, hands and faces"))
struct HandsAndFaceTests {
  private func expect(_ agreement: PointAgreement, atLeast parts: Int, _ what: String) {
    #expect(agreement.parts >= parts, "\(what): \(agreement)")
    #expect(agreement.share >= 0.95, "\(what): \(agreement)")
  }

  @Test func handsOfThePictureAgree() throws {
    let estimator = try PersonEstimator(parts: .hands)
    var agreement = PointAgreement()
    var sides = 0
    for reference in try HandsAndFaceReference.all() {
      let people = try estimator.people(in: reference.picture().pixels)
      #expect(people.count == reference.hands.count, "\(reference.image)")
      for hand in reference.hands {
        let nearest = people.min {
          ($0.poses.first?.distance(to: hand.points) ?? .infinity)
            < ($1.poses.first?.distance(to: hand.points) ?? .infinity)
        }
        agreement.add(nearest?.poses.first, hand.points)
        let isRight = nearest?.rightHand != nil
        // MediaPipe's label is that of a mirror.
        if isRight == (hand.label == "Left") { sides += 1 }
      }
    }
    expect(agreement, atLeast: 5, "hands of pictures")
    #expect(sides == agreement.parts)
  }

  @Test func facesOfThePictureAgree() throws {
    let estimator = try PersonEstimator(parts: .face)
    var agreement = PointAgreement()
    for reference in try HandsAndFaceReference.all() {
      let faces = try estimator.people(in: reference.picture().pixels).compactMap(\.face)
      #expect(faces.count == reference.faces.count, "\(reference.image)")
      for face in reference.faces {
        let nearest = faces.min {
          $0.distance(to: face, every: reference.every)
            < $1.distance(to: face, every: reference.every)
        }
        agreement.add(nearest, face, every: reference.every)
      }
    }
    expect(agreement, atLeast: 4, "faces of pictures")
  }

  @Test func partsOfBodiesAgree() throws {
    let estimator = try PersonEstimator(parts: [.body, .hands, .face])
    var (hands, faces) = (PointAgreement(), PointAgreement())
    for reference in try HandsAndFaceReference.all() {
      guard let body = reference.person.body else { continue }
      let people = try estimator.people(in: reference.picture().pixels)
      let person = people.min {
        ($0.body?.distance(to: body) ?? .infinity) < ($1.body?.distance(to: body) ?? .infinity)
      }
      for (pose, points) in [
        (person?.leftHand, reference.person.leftHand),
        (person?.rightHand, reference.person.rightHand),
      ] {
        if let points { hands.add(pose, points) }
        #expect((pose == nil) == (points == nil), "\(reference.image)")
      }
      if let points = reference.person.face {
        faces.add(person?.face, points, every: reference.every)
      }
      #expect((person?.face == nil) == (reference.person.face == nil), "\(reference.image)")
    }
    expect(hands, atLeast: 9, "hands of bodies")
    expect(faces, atLeast: 7, "faces of bodies")
  }

  /// Of a skeleton without fingers the forearm tells where to look for a hand.
  @Test func otherBodiesHaveHandsAndFacesToo() throws {
    let estimator = try PersonEstimator(
      parts: [.body, .hands, .face],
      model: SharedData.path(
        "models/posenet/posenet_mobilenet_v1_075_257x257_float_stride16.tflite"))
    let image = try ImageDecoder.read(path: SharedData.path("images/squat.bmp"))
    let person = try #require(try estimator.people(in: image.pixels).first)
    let body = try #require(person.body)
    for (hand, name) in [(person.leftHand, "left_wrist"), (person.rightHand, "right_wrist")] {
      let wrist = try #require(body.keypoint(named: name))
      let found = try #require(hand?.keypoints[0])
      #expect(found.position.distance(to: wrist.position) < 0.1 * body.box.height)
    }
    let nose = try #require(body.keypoint(named: "nose"))
    let tip = try #require(person.face?.keypoints[1])
    #expect(tip.position.distance(to: nose.position) < 0.05 * body.box.height)
  }

  @Test func optionsCountAndMeasureWhatIsLookedFor() throws {
    let image = try ImageDecoder.read(path: SharedData.path("images/three_people.jpg"))
    func faces(_ options: PoseModel.Options) throws -> [Person] {
      try PersonEstimator(parts: .face, options: options).people(in: image.pixels)
    }
    let all = try faces(PoseModel.Options())
    #expect(all.count == 3 && all.allSatisfy { $0.body == nil && $0.face != nil })
    #expect(all.map(\.score) == all.map(\.score).sorted(by: >))
    #expect(try faces(PoseModel.Options(maximumPeople: 2)) == Array(all.prefix(2)))
    func hands(_ options: PoseModel.Options) throws -> Int {
      try PersonEstimator(parts: .hands, options: options).people(in: image.pixels).count
    }
    #expect(try hands(PoseModel.Options(minimumScore: 0.5)) == 1)
    #expect(try hands(PoseModel.Options(minimumScore: 0.9999)) == 0)
    let reduced = try ImageDecoder.read(
      path: SharedData.path("images/three_people.jpg"), atLeast: 200)
    let small = try PersonEstimator(parts: .face).people(
      in: reduced.pixels, imageSize: ImageSize(width: reduced.width, height: reduced.height),
      reduction: reduced.reduction)
    #expect(reduced.reduction > 1 && small.count == 3)
    for face in small {
      #expect(all.contains { $0.box.intersectionOverUnion(face.box) > 0.8 })
    }
  }

  /// A picture that is decoded smaller for the body shows the same body when a face is wanted too.
  @Test func bodiesAreTheSameWithOtherParts() throws {
    let path = SharedData.path("images/three_people.jpg")
    let whole = try ImageDecoder.read(path: path)
    let small = try ImageDecoder.read(path: path, atLeast: 200)
    let size = ImageSize(width: whole.width, height: whole.height)
    let bodies = try PoseEstimator().poses(
      in: small.pixels, imageSize: size, reduction: small.reduction)
    let people = try PersonEstimator(parts: [.body, .face]).people(
      in: whole.pixels, bodiesIn: (small.pixels, small.reduction), imageSize: size)
    #expect(small.reduction > 1 && bodies.count >= 1)
    #expect(people.map(\.body) == bodies)
    #expect(people.contains { $0.face != nil })
  }

  @Test func modelsOfPartsAreNoModelsOfBodies() throws {
    for name in ["hand_landmark_full", "palm_detection_full", "face_landmark", "hand_recrop"] {
      let error = #expect(throws: KitError.self) { try PersonEstimator(model: name) }
      #expect(error?.code == .unknownFamily)
      #expect(error?.description.contains("--parts body,hands,face") == true)
    }
    let options = #expect(throws: KitError.self) {
      try PersonModel(parts: .hands, model: "pose_landmark_full")
    }
    #expect(options?.code == .invalidOption)
    #expect(throws: KitError.self) { try PersonModel(parts: []) }
  }
}
