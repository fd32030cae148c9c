import StanceImaging
import StancePose

/// One family of models: how its pictures are prepared and its outputs decoded.
protocol PoseFamily: Sendable {
  var name: String { get }
  var profile: String { get }
  var skeleton: Skeleton { get }
  /// ``PoseModel/usefulSide``
  var usefulSide: Int { get }
  var masks: PoseModel.Masks { get }

  /// - Parameter threads: that compute one picture.
  func makeEstimator(threads: Int) throws -> any FamilyEstimator
}

/// A family's interpreters and buffers, for one task at a time.
protocol FamilyEstimator: AnyObject {
  /// The people in `picture`, in pixels of `image`, which it may be a reduced copy of.
  func poses(in picture: PixelBuffer, of image: WholeImage) throws -> [Pose]
  /// The people in `picture` and where they are; called where the family has masks of people.
  func segmentation(of picture: PixelBuffer, _ image: WholeImage) throws -> Segmentation
}

/// The image that a picture was reduced from.
struct WholeImage {
  let size: ImageSize
  /// How many of the image's pixels a pixel of the picture spans, in each direction.
  let reduction: Double

  /// - Parameter size: nil where `picture` is the whole image.
  /// - Throws: ``KitError`` for an impossible reduction.
  init(of picture: PixelBuffer, _ size: ImageSize?, reduction: Double) throws {
    guard reduction > 0, reduction.isFinite else {
      throw KitError(.invalidOption, "a picture reduced \(reduction) times cannot be")
    }
    self.size = size ?? ImageSize(width: picture.width, height: picture.height)
    self.reduction = reduction
  }

  /// From the picture's pixels to the image's.
  var fromPicture: AffineTransform<ImageSpace, ImageSpace> {
    AffineTransform(scaleX: reduction, scaleY: reduction)
  }

  var toPicture: AffineTransform<ImageSpace, ImageSpace> {
    AffineTransform(scaleX: 1 / reduction, scaleY: 1 / reduction)
  }
}

extension PoseFamily {
  /// None, as most families.
  var masks: PoseModel.Masks { [] }
}

extension FamilyEstimator {
  func segmentation(of picture: PixelBuffer, _ image: WholeImage) throws -> Segmentation {
    throw KitError(.unusableModel, "the model gives no masks of people")
  }
}
