import Foundation
import StanceTestSupport
import Testing

@testable import StanceKit

@Suite(.enabled(if: LoopbackServer.isPossible, "needs curl and python3"))
struct DownloadTests {
  private let content = Publication.content(byteCount: 25_000)
  private let long = Publication.content(byteCount: 45_000)

  private func published(_ way: String, _ content: [UInt8]) throws -> Publication {
    try Publication(way, content: content, sha256: Publication.sha256(content))
  }

  @Test(arguments: ["whole", "plain", "redirect"])
  func aFileComesWhole(way: String) throws {
    let publication = try published(way, content)
    let arrival = try publication.fetch()
    #expect(!arrival.wasPresent && !arrival.isRecorded)
    #expect(arrival.path == publication.folder[Publication.file])
    #expect(try publication.fetched() == content)
    #expect(publication.folder.contents == [Publication.file])
    #expect(publication.server.requests.first == "/\(way)/walker.tflite")
  }

  @Test func aCutDownloadGoesOn() throws {
    let publication = try published("cut", content)
    _ = try publication.fetch()
    #expect(try publication.fetched() == content)
    #expect(
      publication.server.requests == [
        "/cut/walker.tflite", "/cut/walker.tflite bytes=10000-",
        "/cut/walker.tflite bytes=20000-",
      ])
    #expect(publication.folder.contents == [Publication.file])
  }

  @Test func whatCameBeforeACutIsKeptForTheNextFetch() throws {
    let publication = try published("cut", long)
    let failure = publication.failureOfFetch()
    #expect(failure.contains("the connection was cut; 40000 bytes are kept"), "\(failure)")
    #expect(try publication.bytes(".walker.tflite.part") == Array(long.prefix(40_000)))
    #expect(!publication.store.holds(Publication.name))
    _ = try publication.fetch()
    #expect(publication.server.requests.last == "/cut/walker.tflite bytes=40000-")
    #expect(publication.server.requests.count == 5)
    #expect(try publication.fetched() == long)
    #expect(publication.folder.contents == [Publication.file])
  }

  @Test func aServerWithoutPartsSendsTheWhole() throws {
    let publication = try published("plain", content)
    try publication.folder.add(".walker.tflite.part", bytes: Array(content.prefix(1234)))
    _ = try publication.fetch()
    #expect(try publication.fetched() == content)
    #expect(
      publication.server.requests == ["/plain/walker.tflite bytes=1234-", "/plain/walker.tflite"])
  }

  @Test(arguments: [[UInt8](repeating: 9, count: 999), [UInt8](repeating: 9, count: 99_999)])
  func aBeginningOfSomethingElseIsDropped(beginning: [UInt8]) throws {
    let publication = try published("whole", content)
    try publication.folder.add(".walker.tflite.part", bytes: beginning)
    _ = try publication.fetch()
    #expect(try publication.fetched() == content)
    #expect(publication.folder.contents == [Publication.file])
  }

  @Test func aFileThatWasWholeAlreadyIsUsed() throws {
    let publication = try published("whole", content)
    try publication.folder.add(".walker.tflite.part", bytes: content)
    _ = try publication.fetch()
    #expect(try publication.fetched() == content)
    #expect(publication.server.requests == ["/whole/walker.tflite bytes=\(content.count)-"])
  }

  @Test func partsOfTwoVersionsAreNotMixed() throws {
    let publication = try Publication("cut", content: long, sha256: nil)
    #expect(publication.failureOfFetch().contains("are kept"))
    let next = Publication.content(byteCount: 25_000, filling: 8)
    try publication.publish(next)
    let arrival = try publication.fetch()
    #expect(arrival.sha256 == Publication.sha256(next))
    #expect(try publication.fetched() == next)
  }

  @Test func aMissingFileIsReported() throws {
    let publication = try published("nowhere", content)
    let failure = publication.failureOfFetch()
    #expect(failure.contains("the server answers 404"), "\(failure)")
    #expect(publication.folder.contents.isEmpty)
  }

  @Test func aMissingServerIsReported() throws {
    let folder = try TemporaryFolder()
    let model = CatalogueModel(
      "walker", family: "made", purpose: "tests", sha256: Publication.sha256(content),
      origin: .address("http://127.0.0.1:1/walker.tflite"))
    let fetcher = ModelFetcher(store: ModelStore(folder: folder.path, catalogue: [model]))
    #expect {
      try fetcher.fetch(model)
    } throws: {
      "\($0)".contains("the server cannot be reached, is there a network?")
    }
    #expect(folder.contents.isEmpty)
  }

  @Test(arguments: ["http://example.org/x.tflite", "ftp://example.org/x", "https://", "x"])
  func whatCouldBeForgedIsNotFetched(address: String) {
    #expect(throws: KitError.self) { try Download(address: address, isChecked: false) }
  }
}
