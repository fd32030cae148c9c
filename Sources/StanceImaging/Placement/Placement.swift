import StancePose

/// How a picture lies in a model's input, and how points come back.
///
/// What programs do, in terms of placement, interpolation and border:
///
/// | program | placement | interpolation | border |
/// | --- | --- | --- | --- |
/// | MediaPipe, detectors | `fitted` | `.openCVWarp` | `.zero` |
/// | MediaPipe, landmarks | `warped` | `.openCVWarp` | `.replicated` |
/// | TensorFlow.js posenet | `padded` | `.bilinear(.corner)` | `.zero` |
/// | TensorFlow.js pose-detection | `fitted` | `.bilinear(.corner)` | `.replicated` |
/// | Python with PIL | `stretched` | `.triangle` or `.nearest` | |
/// | OpenCV's resize | `stretched` | `.bilinear(.half)` or `.area` | |
///
/// ``modelToImage`` is the proportion of the two rectangles, whichever ``Interpolation`` makes the
/// pixels: it is what the programs that trained and run the models map keypoints with.
public struct Placement: Hashable, Sendable {
  /// The picture that is laid into the input, in pixels.
  public let image: PixelSize
  /// The model's input.
  public let input: PixelSize
  /// Takes points of the model's input to points of the picture.
  public let modelToImage: AffineTransform<ModelSpace, ImageSpace>
  /// Takes points of the picture to points of the model's input.
  public let imageToModel: AffineTransform<ImageSpace, ModelSpace>

  let geometry: Geometry

  enum Geometry: Hashable, Sendable {
    /// The part `source` of the picture (it may reach beyond) fills `content` of the input.
    case rectangles(source: PixelRectangle, content: PixelRectangle)
    /// Only the transform says.
    case warped
  }

  /// The whole picture stretched over the whole input, whatever that does to its proportions.
  public static func stretched(image: PixelSize, to input: PixelSize) throws -> Placement {
    try Placement(
      image: image, input: input, source: PixelRectangle(whole: image),
      content: PixelRectangle(whole: input))
  }

  /// Where a picture stands in an input that it does not fill.
  public enum Anchor: Hashable, Sendable {
    /// In the middle; an odd pixel of border goes to the right and to the bottom.
    case centered
    /// In the corner, border at the right and the bottom only.
    case topLeft
  }

  /// The whole picture as large as it fits with its proportions, on whole pixels of the input.
  ///
  /// The longer direction fills the input; the other takes the nearest whole number of pixels,
  /// at least 1, so the two scales may differ by the part of a pixel.
  public static func letterboxed(
    image: PixelSize, to input: PixelSize, anchor: Anchor = .centered
  ) throws -> Placement {
    let scale = min(
      Double(input.width) / Double(image.width), Double(input.height) / Double(image.height))
    let width = min(max(Int((Double(image.width) * scale).rounded()), 1), input.width)
    let height = min(max(Int((Double(image.height) * scale).rounded()), 1), input.height)
    let content = try PixelRectangle(
      x: anchor == .centered ? (input.width - width) / 2 : 0,
      y: anchor == .centered ? (input.height - height) / 2 : 0,
      size: PixelSize(width: width, height: height))
    return try Placement(
      image: image, input: input, source: PixelRectangle(whole: image), content: content)
  }

  /// The picture with a border of whole picture pixels that gives it the input's proportions,
  /// stretched over the input: posenet's older program pads first and resizes the result.
  ///
  /// Half of the missing pixels, rounded (half upwards), go to each side.
  /// - Throws: ``ImagingError`` where the padded picture would be too large.
  public static func padded(image: PixelSize, to input: PixelSize) throws -> Placement {
    let aspect = Double(input.width) / Double(input.height)
    let (width, height) = (Double(image.width), Double(image.height))
    let isWide = width / height > aspect
    let missing = isWide ? width / aspect - height : height * aspect - width
    guard missing < Double(PixelSize.longestSide) else {
      throw ImagingError(
        .invalidSize,
        "a picture of \(image.width)x\(image.height) pixels cannot be padded to the proportions "
          + "of \(input.width)x\(input.height): use a less extreme picture, or another placement")
    }
    let half = Int((missing / 2 + 0.5).rounded(.down))
    let source = try PixelRectangle(
      x: isWide ? 0 : -half, y: isWide ? -half : 0,
      size: PixelSize(
        width: image.width + (isWide ? 0 : 2 * half),
        height: image.height + (isWide ? 2 * half : 0)))
    return try Placement(
      image: image, input: input, source: source, content: PixelRectangle(whole: input))
  }

  /// A part of the picture stretched over the input; beyond the picture lies the border.
  public static func cropped(
    image: PixelSize, to source: PixelRectangle, input: PixelSize
  ) throws -> Placement {
    try Placement(
      image: image, input: input, source: source, content: PixelRectangle(whole: input))
  }

  private init(
    image: PixelSize, input: PixelSize, source: PixelRectangle, content: PixelRectangle
  ) throws {
    let scaleX = Double(source.width) / Double(content.width)
    let scaleY = Double(source.height) / Double(content.height)
    try self.init(
      image: image, input: input,
      modelToImage: AffineTransform(
        scaleX: scaleX, scaleY: scaleY,
        offsetX: Double(source.x) - Double(content.x) * scaleX,
        offsetY: Double(source.y) - Double(content.y) * scaleY),
      geometry: .rectangles(source: source, content: content))
  }

  init(
    image: PixelSize, input: PixelSize, modelToImage: AffineTransform<ModelSpace, ImageSpace>,
    geometry: Geometry
  ) throws {
    let largest = 1e12
    let coefficients = [
      modelToImage.a, modelToImage.b, modelToImage.c, modelToImage.d, modelToImage.e,
      modelToImage.f,
    ]
    guard coefficients.allSatisfy({ abs($0) <= largest }), let inverse = modelToImage.inverse
    else {
      throw ImagingError(
        .invalidRegion,
        "the region of interest is empty, infinite or not a number; check the points it is made of"
      )
    }
    self.image = image
    self.input = input
    self.modelToImage = modelToImage
    self.imageToModel = inverse
    self.geometry = geometry
  }
}
