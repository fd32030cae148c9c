import StanceImaging
import StancePose
import StanceRuntime

/// Finds people's poses in pictures: picture, tensor, network, poses.
///
/// ```swift
/// let estimator = try PoseEstimator(model: "posenet.tflite")
/// let poses = try estimator.poses(in: picture)
/// ```
///
/// An estimator belongs to one task at a time; ``PoseModel/makeEstimator(threads:)`` makes more of them.
public final class PoseEstimator {
  public let model: PoseModel
  private let implementation: any FamilyEstimator

  init(model: PoseModel, threads: Int?) throws {
    self.model = model
    implementation = try model.family.makeEstimator(threads: try Self.threadCount(threads))
  }

  /// - Throws: ``KitError`` for fewer than 1; nil is one a processor.
  static func threadCount(_ asked: Int?) throws -> Int {
    let threads = asked ?? Processors.count
    guard threads >= 1 else {
      throw KitError(.invalidOption, "the number of threads is \(threads); it must be 1 or more")
    }
    return threads
  }

  /// - Parameters:
  ///   - model: a path, or the name of a file in the model folder; nil for BlazePose full.
  ///   - threads: that compute one picture, 1 or more; nil for one a processor.
  /// - Throws: ``KitError``, or `FormatError` for a damaged file.
  public convenience init(
    model: String? = nil, options: PoseModel.Options = PoseModel.Options(), threads: Int? = nil
  ) throws {
    try self.init(model: try PoseModel(model: model, options: options), threads: threads)
  }

  /// The people in `picture`, the best score first.
  ///
  /// - Parameters:
  ///   - picture: the upright picture, possibly reduced while it was decoded.
  ///   - imageSize: the whole image's, in whose pixels the poses are given; nil where `picture`
  ///     is the whole image.
  ///   - reduction: how many of the image's pixels a pixel of `picture` spans, above 0.
  /// - Throws: ``KitError`` for an impossible reduction, `RuntimeError` where the network fails.
  public func poses(
    in picture: PixelBuffer, imageSize: ImageSize? = nil, reduction: Double = 1
  ) throws -> [Pose] {
    try implementation.poses(
      in: picture, of: try WholeImage(of: picture, imageSize, reduction: reduction))
  }

  /// The people in `picture` and which of its parts show them.
  ///
  /// Parameters are those of ``poses(in:imageSize:reduction:)``.
  /// - Throws: ``KitError`` where the model has no masks, and as
  ///   ``poses(in:imageSize:reduction:)``.
  public func segmentation(
    of picture: PixelBuffer, imageSize: ImageSize? = nil, reduction: Double = 1
  ) throws -> Segmentation {
    guard model.masks.contains(.people) else {
      throw KitError(
        .invalidOption,
        "the model \(model.identity.name) gives no masks; BodyPix and BlazePose do, and PoseNet with "
          + "an output of segments")
    }
    return try implementation.segmentation(
      of: picture, try WholeImage(of: picture, imageSize, reduction: reduction))
  }
}
