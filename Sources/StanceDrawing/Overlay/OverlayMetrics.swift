/// Sizes of what is drawn, in pixels of the picture.
struct OverlayMetrics {
  let width: Double
  let height: Double
  private let lineScale: Double

  init(width: Double, height: Double, lineScale: Double) {
    self.width = width
    self.height = height
    self.lineScale = lineScale
  }

  private var longerSide: Double { max(width, height) }

  /// A limb's width, for a person whose keypoints extend over `extent` pixels.
  ///
  /// A photo of any size is looked at on about the same screen, so the width is a share of the
  /// picture; a person who is small in it gets finer lines, down to what is still seen there.
  func lineWidth(forPersonOf extent: Double) -> Double {
    let widest = max(longerSide / 155, 2)
    let finest = max(longerSide / 400, 1.3)
    return min(max(extent / 70, finest), widest) * lineScale
  }

  /// A line's width in a hand or a face, whose points extend over `extent` pixels: finer than those
  /// of a person as small, as there are more of them.
  func lineWidth(forPartOf extent: Double) -> Double {
    min(max(extent / 70, longerSide / 900, 1), longerSide / 155) * lineScale
  }

  /// The dark edge around a line of `width`.
  func edge(aroundLineOf width: Double) -> Double { max(width * 0.22, 0.5 * lineScale) }

  var boxLineWidth: Double { max(longerSide / 500, 1) * lineScale }

  /// The labels' letters, from one baseline to the next; small pictures have relatively large ones.
  var fontSize: Double { max(longerSide / 46, min(9, longerSide / 12)) * lineScale }

  /// Letters below this size cannot be read, so that they are left out.
  static let smallestFont = 5.0

  /// Keypoints further out than this, in any direction, are not drawn.
  var reach: Double { longerSide * 4 }
}
