/// Why a command cannot do its work, with the program's exit code.
struct CommandError: Error, CustomStringConvertible {
  let code: ExitStatus
  /// What is wrong, where, and what to do.
  let description: String

  init(_ code: ExitStatus, _ description: String) {
    self.code = code
    self.description = description
  }

  /// A place that cannot be written to, or an array that cannot be read.
  static func failed(_ description: String) -> CommandError { CommandError(.failed, description) }

  static func usage(_ description: String) -> CommandError { CommandError(.usage, description) }
}

/// The reader of standard output has gone, for instance `head` after its ten lines.
struct OutputClosed: Error {}

/// The program's exit codes.
enum ExitStatus: Int32, Sendable {
  case done = 0
  /// Some inputs failed, or a result could not be written.
  case failed = 1
  /// Wrong usage.
  case usage = 2
  /// There is no model, or none that can be used.
  case noModel = 3
}
