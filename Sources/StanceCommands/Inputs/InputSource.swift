/// One picture to work on, or a reason why there is none.
enum InputSource: Hashable, Sendable {
  /// A file; `folder` is the argument that it was found under, nil where it was named itself.
  case file(path: String, folder: String?)
  case standardInput
  /// An argument that leads to no picture.
  case missing(name: String, reason: String)

  /// For results and messages: the path, or `-`.
  var name: String {
    switch self {
    case .file(let path, _): path
    case .standardInput: "-"
    case .missing(let name, _): name
    }
  }

  /// Whether the name was given by the system, as in `<(command)`, and says nothing of the picture.
  var isPipeOrDevice: Bool {
    guard case .file(let path, _) = self else { return self == .standardInput }
    return PathStatus.isPipeOrDevice(path)
  }
}

/// What the program was told to work on.
struct GatheredInputs: Hashable, Sendable {
  /// In the order of the arguments, and of the paths within a folder. No picture comes twice.
  var sources: [InputSource]
  /// Whether the arguments name one picture and nothing that could be several.
  var isSinglePicture: Bool
}
