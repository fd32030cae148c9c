import StanceKit
import StancePose

/// What was found in one picture.
struct ImageResult: Sendable {
  /// The input as the user named it, or as it was found in a folder.
  let source: String
  let width: Int
  let height: Int
  let origin: Origin
  let people: [Person]

  /// The bodies that were found.
  var bodies: [Pose] { people.compactMap(\.body) }

  /// What was looked for, and with what.
  struct Origin: Hashable, Sendable {
    let parts: Person.Parts
    /// Of the first part that was looked for: body, hands or face.
    let model: Model
    /// The models of the parts besides that, by the names `hands` and `face`.
    var partModels: [PartModel] = []
    /// The bodies'; nil where none were looked for.
    let skeleton: Skeleton?
  }

  struct PartModel: Hashable, Sendable {
    let name: String
    let model: Model
  }

  /// What a part of people was estimated with.
  struct Model: Hashable, Sendable {
    let name: String
    let sha256: String
    let family: String
    let profile: String
  }

  /// - Parameter people: numbers that are not finite are left out: a keypoint without a position
  ///   counts as absent.
  init(source: String, width: Int, height: Int, origin: Origin, people: [Person]) {
    self.source = source
    self.width = width
    self.height = height
    self.origin = origin
    self.people = people.map(\.withFiniteNumbers)
  }
}

extension ImageResult.Origin {
  /// - Throws: `KitError` where the model looks for nothing.
  init(_ model: PersonModel) throws {
    let models = model.identities.map {
      ImageResult.PartModel(name: $0.part.name, model: ImageResult.Model($0.identity))
    }
    guard let first = models.first else {
      throw KitError(.invalidOption, "there is nothing to look for: name body, hands or face")
    }
    self.init(
      parts: model.parts, model: first.model, partModels: Array(models.dropFirst()),
      skeleton: model.body?.skeleton)
  }
}

extension ImageResult.Model {
  init(_ identity: PoseModel.Identity) {
    self.init(
      name: identity.name, sha256: identity.sha256, family: identity.family,
      profile: identity.profile)
  }
}

extension Person {
  fileprivate var withFiniteNumbers: Person {
    Person(
      body: body?.withFiniteNumbers, leftHand: leftHand?.withFiniteNumbers,
      rightHand: rightHand?.withFiniteNumbers, face: face?.withFiniteNumbers)
  }
}

extension Pose {
  fileprivate var withFiniteNumbers: Pose {
    let keypoints = keypoints.map { $0.flatMap(\.withFiniteNumbers) }
    let isBoxFinite = [box.x, box.y, box.width, box.height].allSatisfy(\.isFinite)
    return Pose(
      skeleton: skeleton, keypoints: keypoints, score: score.isFinite ? score : 0,
      box: isBoxFinite ? box : nil)
  }
}

extension Keypoint {
  fileprivate var withFiniteNumbers: Keypoint? {
    guard position.x.isFinite, position.y.isFinite else { return nil }
    var keypoint = self
    keypoint.score = score.isFinite ? score : 0
    keypoint.visibility = visibility.flatMap { $0.isFinite ? $0 : nil }
    keypoint.presence = presence.flatMap { $0.isFinite ? $0 : nil }
    keypoint.depth = depth.flatMap { $0.isFinite ? $0 : nil }
    keypoint.world = world.flatMap { [$0.x, $0.y, $0.z].allSatisfy(\.isFinite) ? $0 : nil }
    return keypoint
  }
}
