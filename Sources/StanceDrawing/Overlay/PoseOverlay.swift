import StanceImaging
import StancePose

/// A picture with the people who were found in it drawn on top.
///
/// - One person's limbs and keypoints are orange on the person's own left, blue on the right and
///   white in the middle, which also people who tell colours apart badly can tell apart.
/// - Several people have a colour each: the left is its lighter tint, the right its darker one.
///   After eight people the colours start anew; the labels then carry the people's numbers, from 1
///   in the order of ``people``.
/// - Hands have lines between their joints, faces the contours of their mesh; the body's own points
///   there are left out then.
/// - What is less certain is more transparent: a keypoint's confidence is the lower one of its
///   score and its visibility, a limb's that of its less certain end.
/// - Widths and letters follow the picture's size, and become finer for people who are small in it
///   and for faces, hands and feet. A dark edge keeps light lines readable on any background.
///
/// Keypoints whose coordinates are not finite, or more than four pictures away, are left out; other
/// limbs that leave the picture end at its edge. The same input gives the same bytes on the same
/// machine; the letters are those of the system's sans-serif font.
public struct PoseOverlay: Sendable {
  /// What is shown, and how heavy it is drawn.
  public struct Options: Hashable, Sendable {
    /// Keypoints of a lower confidence are left out, and the limbs that end there: 0...1.
    public var minimumScore: Double
    /// Whether each person's score is written above the head.
    public var showsLabels: Bool
    /// Whether each person's box is drawn.
    public var showsBox: Bool
    /// Makes lines, keypoints and letters that many times as large: above 0, at most 20.
    public var lineScale: Double

    public init(
      minimumScore: Double = 0.2, showsLabels: Bool = true, showsBox: Bool = false,
      lineScale: Double = 1
    ) {
      self.minimumScore = minimumScore
      self.showsLabels = showsLabels
      self.showsBox = showsBox
      self.lineScale = lineScale
    }
  }

  public var picture: PixelBuffer
  public var people: [Person]
  /// Pixels of the image that the people's poses refer to; the picture may be a smaller copy of it.
  public var imageSize: (width: Int, height: Int)
  public var options: Options

  /// - Parameter imageSize: nil where the poses refer to the picture itself.
  public init(
    picture: PixelBuffer, people: [Person], imageSize: (width: Int, height: Int)? = nil,
    options: Options = Options()
  ) {
    self.picture = picture
    self.people = people
    self.imageSize = imageSize ?? (picture.width, picture.height)
    self.options = options
  }

  /// Of people whose bodies alone were looked for.
  public init(
    picture: PixelBuffer, poses: [Pose], imageSize: (width: Int, height: Int)? = nil,
    options: Options = Options()
  ) {
    self.init(
      picture: picture, people: poses.map { Person(body: $0) }, imageSize: imageSize,
      options: options)
  }

  /// Writes the drawing as PNG, SVG or PDF, as the extension of `path` says; replaces what is there.
  ///
  /// - Throws: ``DrawingError`` where the extension is another one, and as ``encoded(as:)``, and
  ///   where the file cannot be written. Then what was at `path` is left as it was.
  public func write(to path: String) throws {
    let format = try DrawingFormat(path: path)
    try writeFile(encoded(as: format), to: path)
  }

  /// The drawing as a picture, for instance the next frame of a film.
  ///
  /// - Throws: ``DrawingError`` as ``encoded(as:)``, and where a side of the picture is longer than
  ///   32767 pixels.
  public func drawn() throws -> PixelBuffer {
    try checkOptions()
    let surface = try Surface.picture(picture)
    try draw(
      on: surface.makeContext(), width: Double(picture.width), height: Double(picture.height))
    return try surface.pixelBuffer()
  }

  /// The drawing as a file. A picture with a side of more than 32767 pixels is reduced by the
  /// smallest whole factor that makes it fit.
  ///
  /// - Throws: ``DrawingError`` where an option or ``imageSize`` is not in its range, or memory is
  ///   short.
  public func encoded(as format: DrawingFormat) throws -> [UInt8] {
    try checkOptions()
    let picture = picture.reduced(toSide: Surface.maximumSide)
    let base = try Surface.picture(picture)
    let (width, height) = (Double(picture.width), Double(picture.height))
    switch format {
    case .png:
      try draw(on: base.makeContext(), width: width, height: height)
      return try base.encoded()
    case .svg:
      let page = try Surface.svg(width: width, height: height)
      let context = try page.makeContext()
      context.paint(base)
      try draw(on: context, width: width, height: height)
      return try SVGIdentifiers.renumbered(page.encoded())
    case .pdf:
      let scale = min(1, Surface.maximumPageSide / max(width, height))
      let page = try Surface.pdf(width: width * scale, height: height * scale)
      let context = try page.makeContext()
      context.scale(by: scale)
      context.paint(base)
      try draw(on: context, width: width, height: height)
      return try page.encoded()
    }
  }

  private func checkOptions() throws {
    guard options.lineScale > 0, options.lineScale <= 20 else {
      throw DrawingError.invalidOption(
        "the line scale is \(options.lineScale); it has to be above 0 and at most 20")
    }
    guard (0...1).contains(options.minimumScore) else {
      throw DrawingError.invalidOption(
        "the minimum score is \(options.minimumScore); it has to be from 0 to 1")
    }
    guard imageSize.width > 0, imageSize.height > 0 else {
      throw DrawingError.invalidOption(
        "the image's size is \(imageSize.width) x \(imageSize.height); "
          + "both have to be at least 1")
    }
  }

  private func draw(on context: Context, width: Double, height: Double) throws {
    let metrics = OverlayMetrics(width: width, height: height, lineScale: options.lineScale)
    let toPicture = AffineTransform<ImageSpace, PictureSpace>(
      scaleX: width / Double(imageSize.width), scaleY: height / Double(imageSize.height))
    let isAlone = people.count == 1
    let drawings = people.enumerated().map { index, person in
      PersonDrawing(
        of: person, palette: isAlone ? .sides : .person(index), toPicture: toPicture,
        metrics: metrics, minimumScore: options.minimumScore)
    }
    if options.showsBox {
      for drawing in drawings { drawing.main?.drawBox(on: context, metrics: metrics) }
    }
    for drawing in drawings { drawing.draw(on: context) }
    if options.showsLabels {
      var labels = LabelPlacement(metrics: metrics)
      for (index, drawing) in drawings.enumerated() {
        guard let figure = drawing.main,
          let score = LabelPlacement.text(score: people[index].score)
        else { continue }
        let text = isAlone ? score : "\(index + 1)  \(score)"
        labels.draw(
          text, for: figure, above: options.showsBox ? figure.box?.y : nil, on: context)
      }
    }
    try context.check()
  }
}
