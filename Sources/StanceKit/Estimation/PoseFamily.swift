import StanceImaging
import StancePose

/// One family of models: how its pictures are prepared and its outputs decoded.
protocol PoseFamily: Sendable {
  var name: String { get }
  var profile: String { get }
  var skeleton: Skeleton { get }
  var usefulSide: Int { get }

  /// - Parameter threads: that compute one picture.
  func makeEstimator(threads: Int) throws -> any FamilyEstimator
}

/// A family's interpreters and buffers, for one task at a time.
protocol FamilyEstimator: AnyObject {
  /// The people in `picture`, in pixels of `image`, which it may be a reduced copy of.
  func poses(in picture: PixelBuffer, of image: WholeImage) throws -> [Pose]
}

/// The image that a picture was reduced from.
struct WholeImage {
  let size: ImageSize
  /// How many of the image's pixels a pixel of the picture spans, in each direction.
  let reduction: Double

  /// From the picture's pixels to the image's.
  var fromPicture: AffineTransform<ImageSpace, ImageSpace> {
    AffineTransform(scaleX: reduction, scaleY: reduction)
  }

  var toPicture: AffineTransform<ImageSpace, ImageSpace> {
    AffineTransform(scaleX: 1 / reduction, scaleY: 1 / reduction)
  }
}
