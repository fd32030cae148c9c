import StanceImaging
import StancePose
import StanceRuntime

/// Finds people in pictures with their bodies, hands and faces.
///
/// ```swift
/// let estimator = try PersonEstimator(parts: [.body, .hands, .face])
/// for person in try estimator.people(in: picture) { print(person.leftHand?.score ?? 0) }
/// ```
///
/// An estimator belongs to one task at a time; ``PersonModel/makeEstimator(threads:)`` makes more.
public final class PersonEstimator {
  public let model: PersonModel
  private let body: PoseEstimator?
  private let hands: HandModel.Estimator?
  private let face: FaceModel.Estimator?

  init(model: PersonModel, threads: Int?) throws {
    let threads = try PoseEstimator.threadCount(threads)
    self.model = model
    try Network.prepare((model.hands?.networks.all ?? []) + (model.face?.networks.all ?? []))
    body = try model.body?.makeEstimator(threads: threads)
    hands = try model.hands.map {
      HandModel.Estimator(networks: try $0.networks.makeRunners(threads: threads))
    }
    face = try model.face.map {
      FaceModel.Estimator(networks: try $0.networks.makeRunners(threads: threads))
    }
  }

  /// - Parameters:
  ///   - parts: what is looked for.
  ///   - model: of bodies: a path, or the name of a file in the model folder; nil for BlazePose full.
  ///   - threads: that compute one picture, 1 or more; nil for one a processor.
  /// - Throws: ``KitError``, or `FormatError` for a damaged file.
  public convenience init(
    parts: Person.Parts = .body, model: String? = nil,
    options: PoseModel.Options = PoseModel.Options(), threads: Int? = nil
  ) throws {
    try self.init(
      model: try PersonModel(parts: parts, model: model, options: options), threads: threads)
  }

  /// The people in `picture`, the best score first; without a body each hand and face alone.
  ///
  /// - Parameters:
  ///   - smaller: the same image shrunk, in which bodies are found as they are without other parts;
  ///     nil for `picture` itself.
  ///
  /// The other parameters are those of ``PoseEstimator/poses(in:imageSize:reduction:)``.
  /// - Throws: ``KitError`` for an impossible reduction, `RuntimeError` where a network fails.
  public func people(
    in picture: PixelBuffer, bodiesIn smaller: (picture: PixelBuffer, reduction: Double)? = nil,
    imageSize: ImageSize? = nil, reduction: Double = 1
  ) throws -> [Person] {
    let image = try WholeImage(of: picture, imageSize, reduction: reduction)
    guard let body else { return try partsAlone(in: picture, of: image) }
    let smaller = smaller ?? (picture, reduction)
    return try body.poses(
      in: smaller.picture, imageSize: image.size, reduction: smaller.reduction
    ).map {
      Person(
        body: $0, leftHand: try hands?.hand(.left, of: $0, in: picture, image),
        rightHand: try hands?.hand(.right, of: $0, in: picture, image),
        face: try face?.face(of: $0, in: picture, image))
    }
  }

  private func partsAlone(in picture: PixelBuffer, of image: WholeImage) throws -> [Person] {
    let hands = try hands?.hands(in: picture, of: image) ?? []
    let faces = try face?.faces(in: picture, of: image) ?? []
    let found =
      (hands.map { Person(hand: $0.pose, side: $0.side) } + faces.map { Person(face: $0) })
      .sorted { $0.score > $1.score }
    return Array(found.prefix(model.maximumCount ?? found.count))
  }
}
