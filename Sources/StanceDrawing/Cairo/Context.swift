import CCairo
import StancePose

/// Pixels of the picture that is drawn on, which may be smaller than the image that poses refer to.
enum PictureSpace: CoordinateSpace {}

typealias PicturePoint = Point<PictureSpace>
typealias PictureBox = Box<PictureSpace>

/// Draws filled shapes and text on a ``Surface``.
///
/// Coordinates have to be within ``Context/coordinateLimit``; Cairo counts in 24.8 fixed point.
final class Context {
  static let coordinateLimit = 1_000_000.0

  let handle: OpaquePointer
  private let surface: Surface

  init(_ handle: OpaquePointer?, on surface: Surface) throws {
    guard let handle else { throw DrawingError.cairo("no context was made", purpose: "drawing") }
    self.handle = handle
    self.surface = surface
    let font = cairo_font_options_create()
    cairo_font_options_set_antialias(font, CAIRO_ANTIALIAS_GRAY)
    cairo_font_options_set_hint_style(font, CAIRO_HINT_STYLE_NONE)
    cairo_font_options_set_hint_metrics(font, CAIRO_HINT_METRICS_OFF)
    cairo_set_font_options(handle, font)
    cairo_font_options_destroy(font)
    cairo_select_font_face(handle, "sans-serif", CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_BOLD)
    try check()
  }

  deinit { cairo_destroy(handle) }

  /// - Throws: the first error of anything drawn so far; Cairo ignores all that comes after it.
  func check() throws {
    try DrawingError.check(cairo_status(handle), purpose: "drawing")
    try surface.check("drawing")
  }

  func scale(by factor: Double) { cairo_scale(handle, factor, factor) }

  /// Fills `shape`; with `hole`, what lies in only one of the two.
  func fill(_ shape: Shape, without hole: Shape? = nil, _ color: Color) {
    cairo_new_path(handle)
    add(shape)
    if let hole { add(hole) }
    cairo_set_fill_rule(handle, CAIRO_FILL_RULE_EVEN_ODD)
    cairo_set_source_rgba(handle, color.red, color.green, color.blue, color.alpha)
    cairo_fill(handle)
  }

  /// `text` from its baseline's left end on.
  func draw(_ text: String, at origin: PicturePoint, size: Double, _ color: Color) {
    cairo_set_font_size(handle, size)
    cairo_set_source_rgba(handle, color.red, color.green, color.blue, color.alpha)
    cairo_move_to(handle, origin.x, origin.y)
    cairo_show_text(handle, text)
    cairo_new_path(handle)
  }

  /// How far `text` advances and how high its ink rises above the baseline, in pixels.
  func measure(_ text: String, size: Double) -> (advance: Double, rise: Double) {
    var extents = cairo_text_extents_t()
    cairo_set_font_size(handle, size)
    cairo_text_extents(handle, text, &extents)
    return (extents.x_advance, -extents.y_bearing)
  }

  private func add(_ shape: Shape) {
    cairo_new_sub_path(handle)
    switch shape {
    case .circle(let center, let radius):
      cairo_arc(handle, center.x, center.y, radius, 0, 2 * .pi)
    case .capsule(let start, let end, let radius):
      let angle = start.direction(to: end)
      cairo_arc(handle, start.x, start.y, radius, angle + .pi / 2, angle + 3 * .pi / 2)
      cairo_arc(handle, end.x, end.y, radius, angle - .pi / 2, angle + .pi / 2)
    case .roundedBox(let box, let radius):
      let radius = max(0, min(radius, box.width / 2, box.height / 2))
      cairo_arc(handle, box.x + radius, box.y + radius, radius, .pi, 3 * .pi / 2)
      cairo_arc(handle, box.maxX - radius, box.y + radius, radius, -.pi / 2, 0)
      cairo_arc(handle, box.maxX - radius, box.maxY - radius, radius, 0, .pi / 2)
      cairo_arc(handle, box.x + radius, box.maxY - radius, radius, .pi / 2, .pi)
    }
    cairo_close_path(handle)
  }
}
