import StancePose

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

extension Placement {
  /// A rotated rectangle of the picture stretched over the input, as MediaPipe's image-to-tensor
  /// step takes its regions of interest.
  ///
  /// - Parameters:
  ///   - center: the rectangle's middle.
  ///   - width: along the rectangle's own x axis, in pixels of the picture.
  ///   - rotation: in radians, clockwise as seen (from x towards y): the rectangle's upright content
  ///     leans this far to the right in the picture.
  ///   - keepingProportions: enlarge the rectangle around its centre in one direction until it has
  ///     the input's proportions (MediaPipe's keep_aspect_ratio).
  /// - Throws: ``ImagingError`` where the rectangle is empty, infinite or not a number.
  public static func region(
    image: PixelSize, center: ImagePoint, width: Double, height: Double, rotation: Double,
    keepingProportions: Bool = false, to input: PixelSize
  ) throws -> Placement {
    guard width > 0, height > 0, width.isFinite, height.isFinite, rotation.isFinite else {
      throw ImagingError(
        .invalidRegion,
        "a region of \(width)x\(height) pixels, turned by \(rotation), cannot be cut out; "
          + "its sides must be above 0")
    }
    var (width, height) = (width, height)
    if keepingProportions {
      let aspect = Double(input.height) / Double(input.width)
      if aspect > height / width { height = width * aspect } else { width = height / aspect }
    }
    let (cosine, sine) = (cos(rotation), sin(rotation))
    let (scaleX, scaleY) = (width / Double(input.width), height / Double(input.height))
    return try Placement(
      image: image, input: input,
      modelToImage: AffineTransform(
        a: cosine * scaleX, b: -sine * scaleY,
        c: center.x - cosine * width / 2 + sine * height / 2,
        d: sine * scaleX, e: cosine * scaleY,
        f: center.y - sine * width / 2 - cosine * height / 2),
      geometry: .warped)
  }

  /// The whole picture in the middle of the input with its exact proportions, not rounded to whole
  /// pixels of the input: MediaPipe's letterbox.
  public static func fitted(image: PixelSize, to input: PixelSize) throws -> Placement {
    try region(
      image: image,
      center: ImagePoint(x: Double(image.width) / 2, y: Double(image.height) / 2),
      width: Double(image.width), height: Double(image.height), rotation: 0,
      keepingProportions: true, to: input)
  }

  /// Any affine transform from the input's points to the picture's.
  /// - Throws: ``ImagingError`` where it flattens the plane, or is infinite or not a number.
  public static func warped(
    image: PixelSize, to input: PixelSize, by modelToImage: AffineTransform<ModelSpace, ImageSpace>
  ) throws -> Placement {
    try Placement(image: image, input: input, modelToImage: modelToImage, geometry: .warped)
  }
}
