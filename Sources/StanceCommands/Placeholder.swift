import ArgumentParser

/// Finds people's poses in pictures.
public struct StanceCommand: ParsableCommand {
  public static let configuration = CommandConfiguration(commandName: "stance")

  public init() {}
}
