import Foundation
import StanceTestSupport
import Testing

/// Texts that were looked at once and must stay as they are.
enum Golden {
  /// Compares `text` with the file `name` of the folder Goldens. With `STANCE_RECORD_GOLDENS` set
  /// the file is written instead, and the test fails, so that nothing passes while recording.
  static func expect(
    _ text: String, is name: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let file = SharedData.repository.appendingPathComponent(
      "Tests/StanceCommandsTests/Goldens/\(name)")
    guard ProcessInfo.processInfo.environment["STANCE_RECORD_GOLDENS"] == nil else {
      try Data(text.utf8).write(to: file)
      Issue.record("\(name) was recorded; look at it", sourceLocation: sourceLocation)
      return
    }
    let golden = String(decoding: try Data(contentsOf: file), as: UTF8.self)
    #expect(text == golden, "differs from Goldens/\(name)", sourceLocation: sourceLocation)
  }
}
