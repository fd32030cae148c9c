import ArgumentParser
import Foundation

/// How a command works on its pictures.
struct BatchArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Pictures to work on at once, at most two a processor core. (default: one a core)",
      valueName: "number"))
  var threads: Int?

  @Flag(help: "Look in folders below folders too; links to folders are not followed.")
  var recursive = false

  @Flag(help: "Print no progress and no summary; failures are printed all the same.")
  var quiet = false

  func validate() throws {
    if let threads, threads < 1 {
      throw ValidationError("--threads is \(threads); it must be 1 or more")
    }
  }

  var workerCount: Int {
    Estimation.workerCount(asked: threads, cores: ProcessInfo.processInfo.activeProcessorCount)
  }
}
