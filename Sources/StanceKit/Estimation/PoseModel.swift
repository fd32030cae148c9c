import StanceGraph
import StancePose
import StanceRuntime

/// What a network of floats is computed with.
public typealias FloatPrecision = StanceRuntime.FloatPrecision

/// A pose model made ready once, from which any number of estimators share the weights.
public struct PoseModel: Sendable {
  public let identity: Identity
  let family: any PoseFamily
}

extension PoseModel {
  /// What the results were made with.
  public struct Identity: Hashable, Sendable {
    /// The file's name without its ending, for instance `pose_landmark_full`.
    public let name: String
    public let sha256: String
    /// For instance `posenet` or `blazepose`.
    public let family: String
    /// The program whose decoding is followed, for instance `tfjs`.
    public let profile: String
  }

  /// What a caller may choose; nil leaves it to the family.
  public struct Options: Hashable, Sendable {
    /// One of the family's profiles, for instance `tfjs` for PoseNet.
    public var profile: String?
    /// The most people to find, 1 or more.
    public var maximumPeople: Int?
    /// The least score of a person, 0...1.
    public var minimumScore: Double?
    /// What networks of floats are computed with.
    public var precision: FloatPrecision
    /// The probability above which a place shows a person, 0...1.
    public var maskThreshold: Double?

    public init(
      profile: String? = nil, maximumPeople: Int? = nil, minimumScore: Double? = nil,
      precision: FloatPrecision = .float32, maskThreshold: Double? = nil
    ) {
      self.profile = profile
      self.maximumPeople = maximumPeople
      self.minimumScore = minimumScore
      self.precision = precision
      self.maskThreshold = maskThreshold
    }
  }

  /// What a model tells of the places that show people.
  public struct Masks: OptionSet, Hashable, Sendable {
    public let rawValue: Int

    public init(rawValue: Int) { self.rawValue = rawValue }

    /// Which places show anyone.
    public static let people = Masks(rawValue: 1)
    /// Which of the people a place shows.
    public static let instances = Masks(rawValue: 2)
    /// Which of 24 parts of the body a place shows.
    public static let parts = Masks(rawValue: 4)
  }

  /// Reads a model and recognises its family from its tensors.
  ///
  /// - Parameter model: a path, or the name of a file in the model folder; nil for BlazePose full.
  /// - Throws: ``KitError``, or `FormatError` for a damaged file.
  public init(model: String? = nil, options: Options = Options()) throws {
    let name = model ?? ModelCatalogue.defaultModel
    let file = try ModelFile(path: try ModelFolder.file(name))
    try options.validate()
    family = try Families.family(of: file, options: options)
    identity = Identity(
      name: file.name, sha256: file.sha256, family: family.name, profile: family.profile)
  }

  public var skeleton: Skeleton { family.skeleton }

  /// A picture whose sides are both at least this long loses little by having been shrunk: results
  /// come from between its pixels, four or more of them for one of the network's.
  public var usefulSide: Int { family.usefulSide }
  /// Less moves keypoints: networks see other pixels in what was smoothed before.
  static let usefulReduction = 4

  /// What ``PoseEstimator/segmentation(of:imageSize:reduction:)`` can tell with this model.
  public var masks: Masks { family.masks }

  /// An estimator for one task's use.
  ///
  /// Many pictures are done soonest by as many estimators of one thread as there are processors.
  /// - Parameter threads: that compute one picture, 1 or more; nil for one a processor. Results are
  ///   the same bits for any number.
  /// - Throws: ``KitError`` for fewer than 1, `RuntimeError` where the network cannot be prepared.
  public func makeEstimator(threads: Int? = nil) throws -> PoseEstimator {
    try PoseEstimator(model: self, threads: threads)
  }
}

extension PoseModel.Options {
  func validate() throws {
    if let people = maximumPeople, people < 1 {
      throw KitError(.invalidOption, "the number of people is \(people); it must be 1 or more")
    }
    if let score = minimumScore, !(0...1).contains(score) {
      throw KitError(.invalidOption, "the least score is \(score); it must be from 0 to 1")
    }
    if let threshold = maskThreshold, !(0...1).contains(threshold) {
      throw KitError(
        .invalidOption, "the threshold of masks is \(threshold); it must be from 0 to 1")
    }
  }
}
