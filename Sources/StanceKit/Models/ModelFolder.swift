import Foundation

/// Where models lie that are called by name.
public enum ModelFolder {
  /// `$STANCE_MODELS`, else `$XDG_CACHE_HOME/stance/models`, else `~/.cache/stance/models`.
  public static func path(
    environment: [String: String] = ProcessInfo.processInfo.environment
  ) -> String {
    if let path = environment["STANCE_MODELS"], !path.isEmpty { return path }
    if let cache = environment["XDG_CACHE_HOME"], !cache.isEmpty { return cache + "/stance/models" }
    let home = environment["HOME"] ?? FileManager.default.homeDirectoryForCurrentUser.path
    return home + "/.cache/stance/models"
  }

  /// The file that `name` means: a path, or a file of the model folder with or without `.tflite`.
  /// - Throws: ``KitError`` that says where it was looked for.
  public static func file(
    _ name: String, environment: [String: String] = ProcessInfo.processInfo.environment
  ) throws -> String {
    guard !name.isEmpty else {
      throw KitError(
        .invalidOption,
        "the model's name is empty; give a file's path, or a name that `stance models list` shows")
    }
    let folder = path(environment: environment)
    let candidates =
      name.contains("/") ? [name] : [name, "\(folder)/\(name)", "\(folder)/\(name).tflite"]
    if let file = candidates.first(where: PathKind.isFile) { return file }
    if let folder = candidates.first(where: PathKind.isFolder) {
      throw KitError(.noModel, "\(folder): this is a folder; give the path of a model file in it")
    }
    let advice =
      name.contains("/")
      ? "; give a file's path, or a name that `stance models list` shows"
      : ModelStore(folder: folder).advice(for: name)
    throw KitError(
      .noModel,
      "there is no model \"\(name)\", looked for \(candidates.joined(separator: ", "))\(advice)")
  }
}
