import ArgumentParser

/// What to say of arguments that the parser takes for something else than was meant.
enum ArgumentAdvice {
  /// What is wrong with a command's name; nil where it is one, or none is given.
  static func unknownCommand(in arguments: [String], commands: [String]) -> String? {
    var rest = arguments[...]
    if rest.first == "help" { rest = rest.dropFirst() }
    guard let name = rest.first, !name.hasPrefix("-"), name != "help", !commands.contains(name)
    else { return nil }
    let nearest = commands.map { (name: $0, distance: distance(from: name, to: $0)) }
      .min { $0.distance < $1.distance }
    if let nearest, nearest.distance <= 2 {
      return "there is no command \"\(name)\"; did you mean \"\(nearest.name)\"?"
    }
    return "there is no command \"\(name)\"; the commands are \(commands.joined(separator: ", ")), "
      + "see `stance --help`"
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

  /// How many letters must be added, removed or replaced, after Levenshtein.
  private static func distance(from left: String, to right: String) -> Int {
    let right = Array(right)
    var row = Array(0...right.count)
    for (index, letter) in left.enumerated() {
      var diagonal = row[0]
      row[0] = index + 1
      for column in right.indices {
        let replaced = diagonal + (letter == right[column] ? 0 : 1)
        diagonal = row[column + 1]
        row[column + 1] = min(replaced, row[column] + 1, diagonal + 1)
      }
    }
    return row[right.count]
  }
}
