import Foundation

/// A server on this machine, run by `serve.py`, which says in what ways it answers.
package final class LoopbackServer {
  /// Without a path, for instance `http://127.0.0.1:40123`.
  package let address: String
  private let process = Process()
  private let log: TemporaryFolder

  /// Whether there are the programs that a download over http is tested with.
  package static let isPossible = ["python3", "curl"].allSatisfy { name in
    (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").contains {
      FileManager.default.isExecutableFile(atPath: "\($0)/\(name)")
    }
  }

  package init(serving folder: TemporaryFolder) throws {
    log = try TemporaryFolder()
    let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("serve.py").path
    let output = Pipe()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", script, folder.path, log["requests"]]
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
    address = "http://127.0.0.1:\(line.trimmingCharacters(in: .whitespacesAndNewlines))"
  }

  // What ends a process more gently may be blocked in it, as it is in the thread that started it.
  deinit { kill(process.processIdentifier, SIGKILL) }

  /// Path and, after a space, Range header of each request so far.
  package var requests: [String] {
    ((try? log.text("requests")) ?? "").split(separator: "\n").map(String.init)
  }
}
