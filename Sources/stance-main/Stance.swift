import Foundation
import StanceCommands

@main
enum Stance {
  static func main() async {
    exit(await StanceCommand.run(arguments: Array(CommandLine.arguments.dropFirst())))
  }
}
