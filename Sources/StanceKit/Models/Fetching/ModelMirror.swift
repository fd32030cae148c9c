/// Where models are taken from instead of where they are published.
public enum ModelMirror: Hashable, Sendable {
  /// A folder with files `NAME.tflite`, or with the wheels that hold them.
  case folder(String)
  /// An http address below which there are files `NAME.tflite`.
  case address(String)

  /// - Parameter text: a folder's path, or an address.
  /// - Throws: ``KitError`` where it is neither.
  public init(_ text: String) throws {
    if Download.isAddress(text) {
      self = .address(text.hasSuffix("/") ? String(text.dropLast()) : text)
    } else if PathKind.isFolder(text) {
      self = .folder(text)
    } else {
      throw KitError(.invalidOption, "\(text): this is neither a folder nor an https address")
    }
  }
}
