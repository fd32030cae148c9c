import StanceImaging
import StancePose

/// One family of models: how its pictures are prepared and its outputs decoded.
protocol PoseFamily: Sendable {
  var name: String { get }
  var profile: String { get }
  var skeleton: Skeleton { get }
  var usefulSide: Int { get }

  func makeEstimator() throws -> any FamilyEstimator
}

/// A family's interpreters and buffers, for one task at a time.
protocol FamilyEstimator: AnyObject {
  /// - Parameter imageSize: the whole image's, in whose pixels the poses are given.
  func poses(in picture: PixelBuffer, imageSize: ImageSize) throws -> [Pose]
}
