import Foundation

/// A program that does a part of a fetch.
enum ChildProcess {
  struct Outcome {
    /// Nil where a signal ended it.
    let status: Int32?
    /// What it wrote to standard error, line by line.
    let messages: [Substring]

    /// Whether there is no program of that name.
    var isMissing: Bool { status == 127 }
  }

  /// Runs a program that is found by `PATH`, and hands on what it writes.
  ///
  /// The output goes through this process, so that a program that writes does not go on once this
  /// one is gone.
  /// - Parameter receive: is given the output piece by piece; where it throws, the program is ended
  ///   and the error passed on.
  /// - Throws: ``KitError`` where the program cannot be started.
  static func run(
    _ arguments: [String], receive: (Data) throws -> Void = { _ in }
  ) throws -> Outcome {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = arguments
    let output = Pipe()
    let messages = try MessageFile()
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    process.standardError = messages.handle
    do {
      try interruptible { try process.run() }
    } catch {
      throw KitError(.fetchFailed, "\(arguments[0]) cannot be started: \(error)")
    }
    FetchRemains.began(process.processIdentifier)
    defer { FetchRemains.ended(process.processIdentifier) }
    do {
      while let data = try output.fileHandleForReading.read(upToCount: 1 << 16), !data.isEmpty {
        try receive(data)
      }
    } catch {
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
      throw error
    }
    process.waitUntilExit()
    return Outcome(
      status: process.terminationReason == .exit ? process.terminationStatus : nil,
      messages: messages.text.split(whereSeparator: \.isNewline))
  }

  /// Runs `body` with no signal blocked: a program inherits what is, and the threads of a pool block
  /// those that interrupt it.
  private static func interruptible(_ body: () throws -> Void) rethrows {
    var none = sigset_t()
    var blocked = sigset_t()
    sigemptyset(&none)
    pthread_sigmask(SIG_SETMASK, &none, &blocked)
    defer { pthread_sigmask(SIG_SETMASK, &blocked, nil) }
    try body()
  }
}

/// Where a program's messages go: a file, as nobody empties a second pipe while the first is read.
private struct MessageFile {
  let handle: FileHandle

  init() throws {
    let path = FileManager.default.temporaryDirectory
      .appendingPathComponent("stance-messages-\(UUID().uuidString)").path
    guard FileManager.default.createFile(atPath: path, contents: nil),
      let handle = FileHandle(forUpdatingAtPath: path)
    else {
      throw KitError(.inaccessible, "\(path) cannot be written; is there space for small files?")
    }
    self.handle = handle
    unlink(path)
  }

  var text: String {
    try? handle.seek(toOffset: 0)
    return String(decoding: (try? handle.readToEnd()) ?? Data(), as: UTF8.self)
  }
}
