import Foundation
import StanceTestSupport
import Testing

@testable import StanceKit

/// Models from folders, wheels in folders and other addresses.
@Suite struct MirrorTests {
  private let content = Publication.content(byteCount: 2000)
  private let folder: TemporaryFolder
  private let mirror: TemporaryFolder
  private let walker: CatalogueModel
  private let runner: CatalogueModel

  init() throws {
    folder = try TemporaryFolder()
    mirror = try TemporaryFolder()
    walker = CatalogueModel(
      "walker", family: "made", purpose: "tests", sha256: Publication.sha256(content),
      origin: .wheel(requirement: "poses==1.2", member: "poses/walker.tflite"),
      companions: ["runner"])
    runner = CatalogueModel(
      "runner", family: "made", purpose: "tests",
      origin: .wheel(requirement: "poses==1.2", member: "poses/runner.tflite"))
  }

  private func fetcher(_ place: String) throws -> ModelFetcher {
    ModelFetcher(
      store: ModelStore(folder: folder.path, catalogue: [walker, runner]),
      mirror: try ModelMirror(place))
  }

  private func makeWheel(_ content: [UInt8]) throws {
    let source = try TemporaryFolder()
    try source.add("poses/walker.tflite", bytes: content)
    let wheel = mirror["poses-1.2-py3-none-any.whl"]
    let outcome = try ChildProcess.run([
      "python3", "-m", "zipfile", "-c", wheel, source["poses"],
    ])
    try #require(outcome.status == 0)
  }

  @Test func aFolderTakesTheNetworksPlace() throws {
    try mirror.add("walker.tflite", bytes: content)
    #expect(try !fetcher(mirror.path).fetch(walker).isRecorded)
    #expect(folder.contents == ["walker.tflite"])
    #expect(try Data(contentsOf: URL(fileURLWithPath: folder["walker.tflite"])) == Data(content))
  }

  @Test func anotherModelOfTheCatalogueIsRefused() throws {
    try mirror.add("runner.tflite", bytes: content)
    #expect {
      try fetcher(mirror.path).fetch(runner)
    } throws: {
      "\($0)" == "runner: what came is the catalogue's \"walker\"; it is not used"
    }
    #expect(folder.contents.isEmpty)
  }

  @Test(.enabled(if: LoopbackServer.isPossible, "needs python3"))
  func aWheelInAFolderWillDo() throws {
    try makeWheel(content)
    #expect(try fetcher(mirror.path).fetch(walker).sha256 == walker.sha256)
    #expect(folder.contents == ["walker.tflite"])
    #expect {
      try fetcher(mirror.path).fetch(runner)
    } throws: {
      "\($0)".contains("poses/runner.tflite cannot be taken out of the wheel poses==1.2")
    }
    #expect(folder.contents == ["walker.tflite"])
  }

  @Test(.enabled(if: LoopbackServer.isPossible, "needs python3"))
  func aWheelOfOtherContentIsNotUsed() throws {
    try makeWheel(Array(content.dropLast()))
    #expect {
      try fetcher(mirror.path).fetch(walker)
    } throws: {
      "\($0)".contains("was expected; it is not used")
    }
    try mirror.add("poses-1.2-py3-none-any.whl", bytes: [1, 2, 3])
    #expect(throws: KitError.self) { try fetcher(mirror.path).fetch(walker) }
    #expect(folder.contents.isEmpty)
  }

  @Test(.enabled(if: LoopbackServer.isPossible, "needs curl and python3"))
  func anAddressTakesThePublishersPlace() throws {
    try mirror.add("runner.tflite", bytes: Publication.content(byteCount: 2000, filling: 8))
    let server = try LoopbackServer(serving: mirror)
    #expect(try fetcher(server.address + "/whole/").fetch(runner).isRecorded)
    #expect(server.requests == ["/whole/runner.tflite"])
  }

  @Test func aFolderWithoutTheModelIsReported() throws {
    #expect {
      try fetcher(mirror.path).fetch(walker)
    } throws: {
      "\($0)" == "walker: \(mirror.path) holds no walker.tflite nor the wheel poses==1.2"
    }
    #expect(folder.contents.isEmpty)
    #expect(throws: KitError.self) { try ModelMirror(mirror["none"]) }
  }

  @Test func modelsComeOnceAndWithThoseTheyNeed() throws {
    let fetcher = try fetcher(mirror.path)
    #expect(try fetcher.models(named: ["runner", "runner"]) == [runner])
    #expect(try fetcher.models(named: ["walker", "runner", "walker"]) == [walker, runner])
    #expect {
      try fetcher.models(named: ["wlker"])
    } throws: {
      "\($0)" == "the catalogue has no model \"wlker\"; did you mean \"walker\"?"
    }
  }
}
