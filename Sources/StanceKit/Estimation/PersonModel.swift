import StancePose
import StanceRuntime

/// The models of bodies, hands and faces made ready once, from which any number of estimators share
/// the weights.
public struct PersonModel: Sendable {
  /// What is looked for.
  public let parts: Person.Parts
  /// The model of bodies; nil where none are looked for.
  public let body: PoseModel?
  let hands: HandModel?
  let face: FaceModel?
  /// The most people, without a body the most hands and faces, to find.
  let maximumCount: Int?

  /// MediaPipe's threshold of hands and faces.
  static let standardThreshold = 0.5

  /// - Parameters:
  ///   - parts: what is looked for, one part or more. With the body hands and faces are looked for
  ///     at each body, without it in the whole picture.
  ///   - model: of bodies: a path, or the name of a file in the model folder; nil for BlazePose full.
  ///   - options: the count and the score are of people, and without a body of hands and faces.
  /// - Throws: ``KitError`` where a model is missing, there is nothing to look for, or options of
  ///   bodies are given without a body, or `FormatError` for a damaged file.
  public init(
    parts: Person.Parts = .body, model: String? = nil,
    options: PoseModel.Options = PoseModel.Options()
  ) throws {
    guard !parts.isDisjoint(with: [.body, .hands, .face]) else {
      throw KitError(.invalidOption, "there is nothing to look for: name body, hands or face")
    }
    let hasBody = parts.contains(.body)
    guard hasBody || (model == nil && options.profile == nil) else {
      throw KitError(
        .invalidOption, "a model and its profile are those of bodies: look for the body too")
    }
    try options.validate()
    self.parts = parts
    body = hasBody ? try PoseModel(model: model, options: options) : nil
    let threshold =
      hasBody ? Self.standardThreshold : options.minimumScore ?? Self.standardThreshold
    hands =
      parts.contains(.hands)
      ? try HandModel(followsBody: hasBody, threshold: threshold, precision: options.precision)
      : nil
    face =
      parts.contains(.face)
      ? try FaceModel(threshold: threshold, precision: options.precision) : nil
    maximumCount = options.maximumPeople
  }

  /// What the results were made with, by ``parts``.
  public var identities: [(part: Person.Parts, identity: PoseModel.Identity)] {
    [(.body, body?.identity), (.hands, hands?.networks.identity), (.face, face?.networks.identity)]
      .compactMap { part, identity in identity.map { (part, $0) } }
  }

  /// Bodies lose little in a picture that was shrunk and whose sides are both at least this long; nil
  /// where none are looked for.
  public var usefulSide: Int? { body?.usefulSide }

  /// Whether more than bodies is looked for at each body: it may be small, and is best seen in the
  /// whole picture.
  public var needsWholePicture: Bool { body != nil && parts != .body }

  /// An estimator for one task's use.
  /// - Parameter threads: that compute one picture, 1 or more; nil for one a processor.
  /// - Throws: ``KitError`` for fewer than 1, `RuntimeError` where a network cannot be prepared.
  public func makeEstimator(threads: Int? = nil) throws -> PersonEstimator {
    try PersonEstimator(model: self, threads: threads)
  }
}
