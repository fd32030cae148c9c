import CCairo
import StanceImaging

/// Owns what Cairo draws on: a picture in memory, or a page of SVG or PDF that ends as bytes.
///
/// Not for use from several threads at once; every drawing makes its own.
final class Surface {
  /// The longest side of a picture in memory that Cairo can draw on.
  static let maximumSide = 32767
  /// The longest side of a page that PDF readers show, in points.
  static let maximumPageSide = 14400.0

  fileprivate let handle: OpaquePointer
  /// What was written of an SVG or a PDF; nil for a picture in memory.
  private let sink: ByteSink?

  /// - Throws: where Cairo could not make the surface, most often for lack of memory.
  private init(_ handle: OpaquePointer?, sink: ByteSink? = nil, purpose: String) throws {
    guard let handle else { throw DrawingError.cairo("no surface was made", purpose: purpose) }
    self.handle = handle
    self.sink = sink
    try check(purpose)
  }

  deinit { cairo_surface_destroy(handle) }

  /// A copy of `picture` to draw on.
  ///
  /// - Throws: where a side is longer than ``maximumSide``, or memory is short.
  static func picture(_ picture: PixelBuffer) throws -> Surface {
    let width = picture.width
    return try picture.pixels.withUnsafeBufferPointer { source in
      try memory(width: width, height: picture.height, CAIRO_FORMAT_RGB24) { row, target in
        target.withMemoryRebound(to: UInt32.self, capacity: width) { target in
          var index = row * width * 3
          for column in 0..<width {
            target[column] =
              UInt32(source[index]) << 16 | UInt32(source[index + 1]) << 8
              | UInt32(source[index + 2])
            index += 3
          }
        }
      }
    }
  }

  /// - Parameter fill: writes the pixels of a row, in Cairo's format.
  /// - Throws: where a side is longer than ``maximumSide``, or memory is short.
  static func memory(
    width: Int, height: Int, _ format: cairo_format_t,
    fill: (_ row: Int, _ target: UnsafeMutablePointer<UInt8>) -> Void
  ) throws -> Surface {
    guard width <= maximumSide, height <= maximumSide else {
      throw DrawingError.pictureTooLarge(width: width, height: height)
    }
    let surface = try Surface(
      cairo_image_surface_create(format, Int32(width), Int32(height)),
      purpose: "making a picture of \(width) x \(height) pixels")
    cairo_surface_flush(surface.handle)
    guard let data = cairo_image_surface_get_data(surface.handle) else {
      throw DrawingError.cairo("the picture has no memory", purpose: "copying a picture")
    }
    let stride = Int(cairo_image_surface_get_stride(surface.handle))
    for row in 0..<height { fill(row, data + row * stride) }
    cairo_surface_mark_dirty(surface.handle)
    return surface
  }

  /// A page of `width` x `height` points as PDF, without the date, so that the same drawing gives
  /// the same bytes.
  static func pdf(width: Double, height: Double) throws -> Surface {
    let sink = ByteSink()
    let surface = try Surface(
      cairo_pdf_surface_create_for_stream(ByteSink.callback, sink.closure, width, height),
      sink: sink, purpose: "making a PDF")
    cairo_pdf_surface_set_metadata(surface.handle, CAIRO_PDF_METADATA_CREATE_DATE, "")
    return surface
  }

  /// A page of `width` x `height` CSS pixels as SVG.
  static func svg(width: Double, height: Double) throws -> Surface {
    let sink = ByteSink()
    let surface = try Surface(
      cairo_svg_surface_create_for_stream(ByteSink.callback, sink.closure, width, height),
      sink: sink, purpose: "making an SVG")
    cairo_svg_surface_set_document_unit(surface.handle, CAIRO_SVG_UNIT_PX)
    return surface
  }

  /// The finished file: PNG of a picture in memory, else the SVG or PDF. Nothing more can be drawn
  /// on an SVG or a PDF.
  func encoded() throws -> [UInt8] {
    if let sink {
      cairo_surface_finish(handle)
      try check("finishing the file")
      return sink.bytes
    }
    let sink = ByteSink()
    let status = cairo_surface_write_to_png_stream(handle, ByteSink.callback, sink.closure)
    // The optimiser may end the sink's life at its last use above, while Cairo still writes.
    return try withExtendedLifetime(sink) {
      try DrawingError.check(status, purpose: "writing a PNG")
      return sink.bytes
    }
  }

  /// The pixels of a picture in memory, as they are now.
  func pixelBuffer() throws -> PixelBuffer {
    cairo_surface_flush(handle)
    let width = Int(cairo_image_surface_get_width(handle))
    let height = Int(cairo_image_surface_get_height(handle))
    guard let data = cairo_image_surface_get_data(handle), width > 0, height > 0 else {
      throw DrawingError.cairo("the picture has no memory", purpose: "reading the drawing")
    }
    let stride = Int(cairo_image_surface_get_stride(handle))
    let pixels = [UInt8](unsafeUninitializedCapacity: width * height * 3) { target, count in
      var index = 0
      for row in 0..<height {
        let line = UnsafeRawPointer(data + row * stride).assumingMemoryBound(to: UInt32.self)
        for column in 0..<width {
          target[index] = UInt8(truncatingIfNeeded: line[column] >> 16)
          target[index + 1] = UInt8(truncatingIfNeeded: line[column] >> 8)
          target[index + 2] = UInt8(truncatingIfNeeded: line[column])
          index += 3
        }
      }
      count = index
    }
    return PixelBuffer(width: width, height: height, pixels: pixels)
  }

  func makeContext() throws -> Context {
    try Context(cairo_create(handle), on: self)
  }

  func check(_ purpose: String) throws {
    try DrawingError.check(cairo_surface_status(handle), purpose: purpose)
  }
}

extension Context {
  /// Paints `surface`, a picture in memory, with its top-left corner at the origin.
  func paint(_ surface: Surface) {
    cairo_set_source_surface(handle, surface.handle, 0, 0)
    cairo_paint(handle)
  }
}
