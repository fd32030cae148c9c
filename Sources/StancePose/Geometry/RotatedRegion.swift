/// A square part of an image, turned about its centre: what a landmark model gets to see.
public struct RotatedRegion: Hashable, Sendable {
  /// What the region is turned about.
  public var center: ImagePoint
  /// In pixels of the image.
  public var side: Double
  /// Radians, clockwise as a person sees it: by a positive angle the region's right side turns
  /// downwards. 0 is upright.
  public var rotation: Double

  public init(center: ImagePoint, side: Double, rotation: Double) {
    self.center = center
    self.side = side
    self.rotation = rotation
  }

  /// Takes fractions of the region, 0...1 from its own left and top edge, to the image.
  public var unitToImage: AffineTransform<NormalizedSpace, ImageSpace> {
    let (sine, cosine) = sineAndCosine(rotation)
    let (a, b) = (side * cosine, side * sine)
    return AffineTransform(
      a: a, b: -b, c: center.x - (a - b) / 2,
      d: b, e: a, f: center.y - (a + b) / 2)
  }

  /// Takes the pixels of a model's input, which the region fills, to the image.
  public func modelToImage(inputSize: ModelSize) -> AffineTransform<ModelSpace, ImageSpace> {
    AffineTransform<ModelSpace, NormalizedSpace>(
      scaleX: 1 / Double(inputSize.width), scaleY: 1 / Double(inputSize.height)
    ).followed(by: unitToImage)
  }

  /// The corners in the image: the region's own top left, top right, bottom right, bottom left.
  public var corners: [ImagePoint] {
    let transform = unitToImage
    return [(0.0, 0.0), (1, 0), (1, 1), (0, 1)].map { transform(NormalizedPoint(x: $0, y: $1)) }
  }
}
