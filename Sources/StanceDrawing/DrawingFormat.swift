/// What a drawing can be written as.
public enum DrawingFormat: String, CaseIterable, Hashable, Sendable {
  /// Pixels, as many as the picture has.
  case png
  /// The picture with lines on top that stay sharp when enlarged; one unit is one pixel.
  case svg
  /// As ``svg``, on one page; a pixel is a point, or less where that page would be longer than the
  /// 14400 points that readers show.
  case pdf

  /// By the extension of `path`, upper or lower case.
  ///
  /// - Throws: ``DrawingError/Code/unknownFormat`` where it is none of the formats.
  public init(path: String) throws {
    let name = path.split(separator: "/", omittingEmptySubsequences: false).last ?? ""
    guard let dot = name.lastIndex(of: "."),
      let format = DrawingFormat(rawValue: name[name.index(after: dot)...].lowercased())
    else { throw DrawingError.unknownFormat(path: path) }
    self = format
  }
}
