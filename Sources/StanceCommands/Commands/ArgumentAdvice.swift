import ArgumentParser
import StanceKit

/// What to say of arguments that the parser takes for something else than was meant.
enum ArgumentAdvice {
  /// What is wrong with a command's name, or that of one of its own commands; nil where there is
  /// nothing wrong, or no name is given.
  static func unknownCommand(
    in arguments: [String], below command: any ParsableCommand.Type
  ) -> String? {
    var rest = arguments[...]
    if rest.first == "help" { rest = rest.dropFirst() }
    var path = command._commandName
    var commands = command.configuration.subcommands
    while let name = rest.first, !name.hasPrefix("-"), name != "help", !commands.isEmpty {
      guard let next = commands.first(where: { $0._commandName == name }) else {
        let names = commands.map { $0._commandName }
        let advice =
          Spelling.question(for: name, among: names)
          ?? "; the commands are \(names.joined(separator: ", ")), see `\(path) --help`"
        return "there is no command \"\(name)\"\(advice)"
      }
      path += " " + name
      commands = next.configuration.subcommands
      rest = rest.dropFirst()
    }
    return nil
  }

  /// What to do with a file's name that looks like options; nil where there is none.
  static func dashedName(in arguments: [String]) -> String? {
    let options = arguments.prefix { $0 != "--" }
    let name = options.first {
      $0.hasPrefix("-") && !$0.hasPrefix("--") && $0.count > 2 && $0 != "-help"
        && Double($0) == nil
    }
    return name.map { "\($0) looks like an option; if it is a file, write ./\($0)" }
  }

  /// Whether help was asked for by an argument that means nothing else.
  static func asksForHelp(_ arguments: [String]) -> Bool {
    arguments.prefix { $0 != "--" }.contains { ["-h", "-help", "--help", "help"].contains($0) }
  }
}
