import Foundation
import StanceTestSupport
import Testing

@testable import StanceKit

/// What is checked of a file that has come, and what is left when it is wrong.
@Suite(.enabled(if: LoopbackServer.isPossible, "needs curl and python3"))
struct FetchTests {
  private let content = Publication.content(byteCount: 2000)
  private let other = Publication.content(byteCount: 2000, filling: 8)

  @Test func aWrongChecksumLeavesNothing() throws {
    let expected = Publication.sha256(other)
    let publication = try Publication("whole", content: content, sha256: expected)
    #expect(
      publication.failureOfFetch()
        == "walker: what came has SHA-256 \(Publication.sha256(content)) where \(expected) "
        + "was expected; it is not used")
    #expect(publication.folder.contents.isEmpty)
  }

  @Test func aDamagedModelStaysUntilAWholeOneComes() throws {
    let publication = try Publication(
      "whole", content: other, sha256: Publication.sha256(content))
    try publication.folder.add(Publication.file, bytes: [1, 2, 3])
    #expect(!publication.failureOfFetch().isEmpty)
    #expect(try publication.fetched() == [1, 2, 3])
    try publication.publish(content)
    #expect(try !publication.fetch().wasPresent)
    #expect(try publication.fetched() == content)
  }

  @Test func anIntactModelNeedsNoNetwork() throws {
    let publication = try Publication(
      "whole", content: content, sha256: Publication.sha256(content))
    try publication.folder.add(Publication.file, bytes: content)
    let arrival = try publication.fetch()
    #expect(arrival.wasPresent && !arrival.isRecorded)
    #expect(publication.server.requests.isEmpty)
  }

  @Test func theFirstFetchRecordsWhatNobodyPublishes() throws {
    let publication = try Publication("whole", content: content, sha256: nil)
    let arrival = try publication.fetch()
    #expect(arrival.isRecorded)
    #expect(
      try publication.folder.text("walker.tflite.sha256")
        == "\(Publication.sha256(content))  walker.tflite\n")
    #expect(try publication.fetch().wasPresent)

    try FileManager.default.removeItem(atPath: publication.folder[Publication.file])
    try publication.publish(other)
    let failure = publication.failureOfFetch()
    #expect(
      failure.contains(
        "\(Publication.sha256(other)) where \(Publication.sha256(content)) was expected"))
    #expect(failure.contains("`stance models remove walker` forgets"))
    #expect(publication.folder.contents == ["walker.tflite.sha256"])

    try publication.store.remove(Publication.name)
    #expect(publication.folder.contents.isEmpty)
    #expect(try publication.fetch().sha256 == Publication.sha256(other))
  }

  @Test func whatIsNoModelIsNotRecorded() throws {
    let page = Array("<html>this model has moved</html>".utf8)
    let publication = try Publication("whole", content: page, sha256: nil)
    #expect(publication.failureOfFetch().contains("walker: this is a web page"))
    #expect(publication.folder.contents.isEmpty)
  }

  @Test func oneProcessFetchesAtATime() throws {
    let publication = try Publication("whole", content: content, sha256: nil)
    let file = try PartialFile(for: publication.folder[Publication.file])
    try withExtendedLifetime(file) {
      #expect(publication.failureOfFetch().contains("is being fetched by another process"))
      #expect(publication.server.requests.isEmpty)
      try file.append(Data([1]))
    }
    #expect(publication.folder.contents == [".walker.tflite.part"])
  }

  #if os(Linux)
    @Test func aFullDiskIsReportedAndNotLeftFull() throws {
      let publication = try Publication("whole", content: content, sha256: nil)
      // Opens as a file does, and has no space for a single byte.
      try FileManager.default.createSymbolicLink(
        atPath: publication.folder[".walker.tflite.part"], withDestinationPath: "/dev/full")
      let failure = publication.failureOfFetch()
      #expect(
        failure.contains("walker.tflite cannot be written: there is no space left on the disk"),
        "\(failure)")
      #expect(publication.folder.contents.isEmpty)
    }
  #endif

  @Test func aFolderThatCannotBeMadeIsReported() throws {
    let model = CatalogueModel(
      "walker", family: "made", purpose: "tests", origin: .address("https://127.0.0.1:1/x"))
    let fetcher = ModelFetcher(store: ModelStore(folder: "/dev/null/models", catalogue: [model]))
    #expect {
      try fetcher.fetch(model)
    } throws: {
      "\($0)".contains("the model folder /dev/null/models cannot be made")
    }
  }
}
