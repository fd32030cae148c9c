import Foundation

extension ModelFolder {
  /// The file of a model that another model needs: beside that one, else in the model folder.
  ///
  /// - Parameters:
  ///   - name: of the file, with its ending.
  ///   - path: of the model that needs it; nil for the model folder alone.
  ///   - purpose: what needs it, for instance `--parts hands`.
  /// - Throws: ``KitError`` that says where it was looked for and how to fetch it.
  static func companion(
    _ name: String, of path: String?, neededFor purpose: String,
    environment: [String: String] = ProcessInfo.processInfo.environment
  ) throws -> String {
    if let path {
      let beside = URL(fileURLWithPath: path).deletingLastPathComponent()
        .appendingPathComponent(name).path
      if FileManager.default.fileExists(atPath: beside) { return beside }
    }
    let folder = self.path(environment: environment)
    let inFolder = "\(folder)/\(name)"
    guard FileManager.default.fileExists(atPath: inFolder) else {
      let places = path == nil ? "not in" : "neither beside it nor in"
      let stem = URL(fileURLWithPath: name).deletingPathExtension().lastPathComponent
      throw KitError(
        .noModel,
        "\(purpose) needs \(name), which is \(places) \(folder); "
          + "fetch it with `stance models fetch \(stem)`")
    }
    return inFolder
  }
}
