import Foundation
import Testing

@testable import StanceKit

@Suite struct ChildProcessTests {
  @Test func whatAProgramWritesComesBack() throws {
    var output = Data()
    let outcome = try ChildProcess.run(["sh", "-c", "echo a; echo b >&2; echo c >&2; exit 3"]) {
      output += $0
    }
    #expect(output == Data("a\n".utf8))
    #expect(outcome.status == 3 && outcome.messages == ["b", "c"])
  }

  @Test func aProgramThatNobodyListensToIsEnded() {
    #expect(throws: CancellationError.self) {
      try ChildProcess.run(["yes"]) { _ in throw CancellationError() }
    }
  }

  @Test func aMissingProgramIsToldApart() throws {
    #expect(try ChildProcess.run(["no-such-program"]).isMissing)
    #expect(try ChildProcess.run(["sh", "-c", "kill -9 $$"]).status == nil)
  }

  @Test func programsCanBeInterrupted() async throws {
    // Of a worker thread, which blocks those signals.
    let outcome = try await Task.detached {
      try ChildProcess.run(["sh", "-c", "kill -2 $$; echo not interrupted >&2"])
    }.value
    #expect(outcome.status == nil && outcome.messages.isEmpty)
  }
}
