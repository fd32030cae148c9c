import CCairo

/// A drawing could not be made or written.
public struct DrawingError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What went wrong; more may come.
  public struct Code: RawRepresentable, Hashable, Sendable {
    public let rawValue: String

    public init(rawValue: String) { self.rawValue = rawValue }

    /// The path's extension names no format that can be written.
    public static let unknownFormat = Code(rawValue: "unknown-format")
    /// The file could not be written.
    public static let unwritable = Code(rawValue: "unwritable")
    /// The picture has more pixels on a side than can be drawn on.
    public static let pictureTooLarge = Code(rawValue: "picture-too-large")
    /// An option or a size has a value that means nothing.
    public static let invalidOption = Code(rawValue: "invalid-option")
    /// Cairo, which draws, reported an error.
    public static let cairo = Code(rawValue: "cairo")
  }

  public let code: Code
  public let description: String

  static func unknownFormat(path: String) -> DrawingError {
    let known = DrawingFormat.allCases.map { ".\($0.rawValue)" }.joined(separator: ", ")
    return DrawingError(
      code: .unknownFormat,
      description: "\(path): the name does not say what to write; let it end in one of \(known)")
  }

  static func unwritable(path: String, reason: String) -> DrawingError {
    DrawingError(code: .unwritable, description: "\(path) cannot be written: \(reason)")
  }

  static func pictureTooLarge(width: Int, height: Int) -> DrawingError {
    DrawingError(
      code: .pictureTooLarge,
      description:
        "a picture of \(width) x \(height) pixels cannot be written as PNG: at most "
        + "\(Surface.maximumSide) pixels a side are possible; reduce it first")
  }

  static func invalidOption(_ reason: String) -> DrawingError {
    DrawingError(code: .invalidOption, description: reason)
  }

  static func cairo(_ reason: String, purpose: String) -> DrawingError {
    DrawingError(code: .cairo, description: "\(purpose) failed: \(reason)")
  }

  static func check(_ status: cairo_status_t, purpose: String) throws {
    guard status != CAIRO_STATUS_SUCCESS else { return }
    let reason = cairo_status_to_string(status).map { String(cString: $0) } ?? "\(status.rawValue)"
    throw cairo(reason, purpose: purpose)
  }
}
