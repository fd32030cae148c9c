/// The square part of a video's frame that MoveNet's single-pose network gets to see: it follows the
/// person from frame to frame, so that the person fills the input.
///
/// ```swift
/// var crop = MoveNetCrop(imageSize: size)
/// for frame in frames {
///   let pose = ... // of the network on crop.region
///   crop.follow(pose)
/// }
/// ```
/// Followed: TensorFlow.js pose-detection, `movenet/crop_utils.ts` and `movenet/detector.ts`. What
/// lies outside of the image is black.
public struct MoveNetCrop: Hashable, Sendable {
  public let imageSize: ImageSize
  /// In pixels of the image; it may reach beyond.
  public private(set) var region: ImageBox

  /// The whole image, padded to a square: for a first frame, and for still images.
  public init(imageSize: ImageSize) {
    self.imageSize = imageSize
    region = Self.paddedImage(imageSize)
  }

  /// How much of a new region is taken over at once; the rest is that of the frame before.
  private static let smoothing = 0.9

  /// Takes the next frame's region from the pose in this one.
  ///
  /// - Parameter pose: of COCO's 17 keypoints in pixels of the image; nil, or one that is too
  ///   uncertain, where the person was lost. The whole image is searched then.
  public mutating func follow(_ pose: Pose?) {
    guard let pose, pose.skeleton == .coco17,
      pose.score >= MoveNetDecoder.standardMinimumScore
    else {
      region = Self.paddedImage(imageSize)
      return
    }
    let next = Self.region(around: pose, in: imageSize) ?? Self.paddedImage(imageSize)
    region = smoothed(to: next)
  }

  /// Takes the pixels of a model's input, which the region fills, to the image.
  public func modelToImage(inputSize: ModelSize) -> AffineTransform<ModelSpace, ImageSpace> {
    AffineTransform(
      scaleX: region.width / Double(inputSize.width),
      scaleY: region.height / Double(inputSize.height), offsetX: region.x, offsetY: region.y)
  }

  private func smoothed(to next: ImageBox) -> ImageBox {
    func mixed(_ new: Double, _ old: Double) -> Double {
      Self.smoothing * new + (1 - Self.smoothing) * old
    }
    let (x, y) = (mixed(next.x, region.x), mixed(next.y, region.y))
    return ImageBox(
      x: x, y: y, width: mixed(next.maxX, region.maxX) - x,
      height: mixed(next.maxY, region.maxY) - y)
  }

  private static func paddedImage(_ size: ImageSize) -> ImageBox {
    let side = Double(max(size.width, size.height))
    return ImageBox(
      x: (Double(size.width) - side) / 2, y: (Double(size.height) - side) / 2,
      width: side, height: side)
  }

  /// Nil where the torso is not seen, or where the whole image is as good.
  private static func region(around pose: Pose, in size: ImageSize) -> ImageBox? {
    let joints = Joints(pose)
    guard joints.showTorso, let center = joints.center else { return nil }
    let (width, height) = (Double(size.width), Double(size.height))
    let farthestBorder = max(center.x, width - center.x, center.y, height - center.y)
    let half = min(joints.reach(from: center), farthestBorder)
    guard half > 0, half <= max(width, height) / 2 else { return nil }
    return ImageBox(x: center.x - half, y: center.y - half, width: 2 * half, height: 2 * half)
  }
}

/// The keypoints that a crop follows.
private struct Joints {
  private let keypoints: [Keypoint?]
  private static let shoulders = [5, 6]
  private static let hips = [11, 12]

  init(_ pose: Pose) {
    keypoints = pose.keypoints
  }

  /// A hip and a shoulder are.
  var showTorso: Bool {
    Self.hips.contains(where: isVisible) && Self.shoulders.contains(where: isVisible)
  }

  /// The middle of the hips, however certain they are; nil where one is missing.
  var center: ImagePoint? {
    let hips = Self.hips.compactMap { keypoints[$0]?.position }
    guard hips.count == 2 else { return nil }
    return ImagePoint(x: (hips[0].x + hips[1].x) / 2, y: (hips[0].y + hips[1].y) / 2)
  }

  /// Half the side of a square that holds the torso and the visible body with room around them.
  func reach(from center: ImagePoint) -> Double {
    let torso = farthest(Self.shoulders + Self.hips, from: center)
    let body = farthest(keypoints.indices.filter(isVisible), from: center)
    return max(1.9 * torso, 1.2 * body)
  }

  private func isVisible(_ index: Int) -> Bool {
    (keypoints[index]?.score ?? 0) > MoveNetDecoder.minimumKeypointScore
  }

  /// Along either axis.
  private func farthest(_ indices: [Int], from center: ImagePoint) -> Double {
    indices.compactMap { keypoints[$0]?.position }
      .map { max(abs($0.x - center.x), abs($0.y - center.y)) }
      .max() ?? 0
  }
}
