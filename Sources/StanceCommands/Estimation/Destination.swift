/// Where results or overlays go.
enum Destination: Hashable, Sendable {
  case standardOutput
  /// One file for everything.
  case file(String)
  /// A file for each picture.
  case folder(String)

  /// - Parameter path: a folder where it is one, or ends with a slash; else a file.
  init(path: String) {
    self =
      PathStatus(path) == .folder || path.hasSuffix("/")
      ? .folder(path) : .file(path)
  }

  var folder: String? {
    if case .folder(let path) = self { path } else { nil }
  }

  var file: String? {
    if case .file(let path) = self { path } else { nil }
  }

  /// The path of `name` in the folder; nil where this is none.
  func path(of name: String) -> String? {
    folder.map { $0.hasSuffix("/") ? $0 + name : "\($0)/\(name)" }
  }

  /// Makes the folder where there is none yet.
  func prepare() throws {
    guard let folder else { return }
    try OutputFolder.make(folder)
  }
}
