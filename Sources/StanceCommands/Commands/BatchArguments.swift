import ArgumentParser
import StanceRuntime

/// How a command works on its pictures.
struct BatchArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Threads; more than two a processor core count as two. (default: one a core)",
      discussion: """
        Several pictures are worked on at once, by a thread each; a single one by all threads \
        together. Results are the same for any number.
        """,
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

  /// How the threads share the work on so many pictures.
  func division(pictures: Int) -> (workers: Int, threadsEach: Int) {
    Estimation.division(ofThreads: threads, cores: Processors.count, pictures: pictures)
  }
}
