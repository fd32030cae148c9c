import Foundation

/// The folder of models, images and reference outputs that some tests compare with.
///
/// `STANCE_SHARED` names it, else it lies beside the project. Tests that need it use
/// `.enabled(if: SharedData.isPresent, "needs the shared data")`.
public enum SharedData {
  public static let folder: URL = {
    if let path = ProcessInfo.processInfo.environment["STANCE_SHARED"], !path.isEmpty {
      return URL(fileURLWithPath: path, isDirectory: true)
    }
    return repository.deletingLastPathComponent().appendingPathComponent("shared")
  }()

  public static var isPresent: Bool {
    FileManager.default.fileExists(atPath: folder.appendingPathComponent("models").path)
  }

  /// The folder of the project itself.
  public static let repository = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// A file below the shared folder, for instance `models/posenet/x.tflite`.
  public static func path(_ relative: String) -> String {
    folder.appendingPathComponent(relative).path
  }
}
