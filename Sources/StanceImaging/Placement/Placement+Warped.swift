import StancePose

extension Placement {
  /// The whole picture in the middle of the input with its exact proportions, not rounded to whole
  /// pixels of the input: MediaPipe's letterbox.
  public static func fitted(image: PixelSize, to input: PixelSize) throws -> Placement {
    var (width, height) = (Double(image.width), Double(image.height))
    let center = ImagePoint(x: width / 2, y: height / 2)
    let aspect = Double(input.height) / Double(input.width)
    if aspect > height / width { height = width * aspect } else { width = height / aspect }
    return try warped(
      image: image, to: input,
      by: AffineTransform(
        scaleX: width / Double(input.width), scaleY: height / Double(input.height),
        offsetX: center.x - width / 2, offsetY: center.y - height / 2))
  }

  /// Any affine transform from the input's points to the picture's.
  ///
  /// `RotatedRegion.modelToImage(inputSize:)` is that of a region of interest, as MediaPipe's
  /// image-to-tensor step takes it.
  /// - Throws: ``ImagingError`` where it flattens the plane, or is infinite or not a number.
  public static func warped(
    image: PixelSize, to input: PixelSize, by modelToImage: AffineTransform<ModelSpace, ImageSpace>
  ) throws -> Placement {
    try Placement(image: image, input: input, modelToImage: modelToImage, geometry: .warped)
  }
}
