import ArgumentParser
import Foundation

/// The program `stance`.
public struct StanceCommand: AsyncParsableCommand {
  public static let configuration = CommandConfiguration(
    commandName: "stance",
    abstract: "Finds people's poses in pictures.",
    discussion: """
      Exit codes: 0 done, 1 some inputs failed, 2 wrong usage, 3 no model.

      Examples:
        stance estimate photo.jpg
        stance estimate photo.jpg --format json --out poses.json --overlay poses.png
        stance segment photo.jpg --background blur
        stance inspect pose_detection
        stance bench pose_landmark_full
        stance models fetch pose_landmark_full

      `stance help COMMAND` says more about each command.
      """,
    version: "0.1.0",
    subcommands: [
      EstimateCommand.self, SegmentCommand.self, RunCommand.self, InspectCommand.self,
      BenchCommand.self, ModelsCommand.self,
    ])

  public init() {}
}

extension StanceCommand {
  /// Runs the program on its own arguments and ends the process with its exit code.
  public static func runProgram() async -> Never {
    Foundation.exit(await run(arguments: Array(CommandLine.arguments.dropFirst())))
  }

  /// Runs the program.
  ///
  /// - Parameter arguments: without the program's name.
  /// - Returns: the exit code.
  public static func run(arguments: [String]) async -> Int32 {
    do {
      if let message = ArgumentAdvice.unknownCommand(in: arguments, below: self) {
        throw CommandError.usage(message)
      }
      let command: any ParsableCommand
      do {
        command = try parseAsRoot(arguments)
        let commands = configuration.subcommands.flatMap {
          [$0] + $0.configuration.subcommands
        }
        if !commands.contains(where: { type(of: command) == $0 }) {
          try refuseUnwantedHelp(arguments)
        }
      } catch let error as CommandError {
        throw error
      } catch {
        if exitCode(for: error).isSuccess { try refuseUnwantedHelp(arguments) }
        return try report(parsingError: error, of: arguments).rawValue
      }
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        var command = command
        try command.run()
      }
      return ExitStatus.done.rawValue
    } catch is OutputClosed {
      TemporaryFiles.shared.endProcess(by: SIGPIPE)
      return ExitStatus.failed.rawValue
    } catch let status as ExitStatus {
      return status.rawValue
    } catch  where exitCode(for: error).isSuccess {
      // Help that a command without a subcommand asks for.
      return (try? report(parsingError: error, of: arguments).rawValue)
        ?? ExitStatus.failed.rawValue
    } catch {
      Console.writeError("stance: \(printable(explanation(of: error)))\n")
      return ExitStatus(of: error).rawValue
    }
  }

  /// A file's name such as `-dash.jpg` holds the letter that asks for help.
  private static func refuseUnwantedHelp(_ arguments: [String]) throws {
    guard !ArgumentAdvice.asksForHelp(arguments),
      let message = ArgumentAdvice.dashedName(in: arguments)
    else { return }
    throw CommandError.usage(message)
  }

  /// Prints a message of the argument parser's: help and versions, or what is wrong.
  private static func report(
    parsingError error: any Error, of arguments: [String]
  ) throws -> ExitStatus {
    let message = fullMessage(for: error)
    let text = message.isEmpty || message.hasSuffix("\n") ? message : message + "\n"
    guard exitCode(for: error).isSuccess else {
      let advice = ArgumentAdvice.dashedName(in: arguments).map { printable($0) + "\n" } ?? ""
      Console.writeError(text + advice)
      return .usage
    }
    try Console.write(text)
    return .done
  }
}

/// Ends a command with an exit code, after it has said everything.
extension ExitStatus: Error {}
