import StanceCommands

@main
enum Stance {
  static func main() {
    StanceCommand.main()
  }
}
