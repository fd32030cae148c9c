import Foundation
import StanceTestSupport

/// The built program, beside the tests.
enum Program {
  static let path: String? = {
    var folder = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
    for _ in 0..<5 {
      folder.deleteLastPathComponent()
      let candidate = folder.appendingPathComponent("stance").path
      var isFolder: ObjCBool = false
      if FileManager.default.fileExists(atPath: candidate, isDirectory: &isFolder),
        !isFolder.boolValue
      {
        return candidate
      }
    }
    return nil
  }()

  static var isPresent: Bool { path != nil }

  struct Outcome {
    let code: Int32
    let output: String
    let errors: String
  }

  /// - Parameters:
  ///   - input: what standard input holds.
  ///   - environment: what is added to this process's own.
  static func run(
    _ arguments: [String], input: [UInt8] = [], environment: [String: String] = [:]
  ) throws -> Outcome {
    let folder = try TemporaryFolder()
    try folder.add("in", bytes: input)
    try folder.add("out", "errors", bytes: [])
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path ?? "/nowhere")
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    process.standardInput = FileHandle(forReadingAtPath: folder["in"])
    process.standardOutput = FileHandle(forWritingAtPath: folder["out"])
    process.standardError = FileHandle(forWritingAtPath: folder["errors"])
    try process.run()
    process.waitUntilExit()
    return Outcome(
      code: process.terminationStatus, output: try folder.text("out"),
      errors: try folder.text("errors"))
  }
}
