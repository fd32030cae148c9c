import StanceCommands

@main
enum Stance {
  static func main() async {
    await StanceCommand.runProgram()
  }
}
