import Foundation
import StanceFormats
import StanceTestSupport
import Testing

@testable import StanceKit

@Suite struct ModelStoreTests {
  private let content = Publication.content(byteCount: 500)
  private let other = Publication.content(byteCount: 500, filling: 8)
  private let folder: TemporaryFolder
  private let sources: TemporaryFolder
  private let store: ModelStore

  init() throws {
    folder = try TemporaryFolder()
    sources = try TemporaryFolder()
    try sources.add("a.tflite", bytes: content)
    try sources.add("b.tflite", bytes: other)
    try sources.add("photo.tflite", bytes: [0xFF, 0xD8, 0xFF, 0xE0])
    let known = CatalogueModel(
      "walker", family: "made", purpose: "tests", sha256: Publication.sha256(content),
      origin: .address("https://127.0.0.1:1/walker.tflite"))
    store = ModelStore(folder: folder["new/models"], catalogue: [known])
  }

  @Test func anAddedModelIsThereUnderItsName() throws {
    let arrival = try store.add(sources["a.tflite"], as: "mine")
    #expect(arrival.isRecorded && !arrival.wasPresent)
    #expect(store.names == ["mine"])
    #expect(store.byteCount(of: "mine") == content.count)
    #expect(try !store.verify("mine").isDamaged)
    #expect(try store.add(sources["a.tflite"], as: "mine").wasPresent)
    #expect {
      try store.add(sources["b.tflite"], as: "mine")
    } throws: {
      "\($0)".contains("there is another model \"mine\" already")
    }
    #expect(try Data(contentsOf: URL(fileURLWithPath: store.path(of: "mine"))) == Data(content))
  }

  @Test func aNameOfTheCatalogueIsForThatFileAlone() throws {
    #expect {
      try store.add(sources["b.tflite"], as: "walker")
    } throws: {
      "\($0)".contains("is not the catalogue's \"walker\"")
    }
    #expect(try !store.add(sources["a.tflite"], as: "walker").isRecorded)
    #expect(folder.contents == ["new", "new/models", "new/models/walker.tflite"])
  }

  @Test func aNameOfTheCatalogueIsNotForItsOtherFiles() throws {
    let runner = CatalogueModel(
      "runner", family: "made", purpose: "tests",
      origin: .address("https://127.0.0.1:1/runner.tflite"))
    let store = ModelStore(folder: folder["new/models"], catalogue: store.catalogue + [runner])
    #expect {
      try store.add(sources["a.tflite"], as: "runner")
    } throws: {
      "\($0)".contains("is the catalogue's \"walker\" and not \"runner\"")
    }
    #expect(folder.contents.isEmpty)
    #expect(try store.add(sources["b.tflite"], as: "runner").isRecorded)
    #expect(try store.add(sources["a.tflite"], as: "mine").isRecorded)
    // What somebody has put there is not taken for it either.
    try store.remove("runner")
    try folder.add("new/models/runner.tflite", bytes: content)
    #expect(try store.arrivalOfPresent("runner") == nil)
  }

  @Test(arguments: ["photo.tflite", "none.tflite", "."])
  func whatIsNoModelIsNotAdded(source: String) {
    #expect(throws: FormatError.self) { try store.add(sources[source], as: "mine") }
    #expect(folder.contents.isEmpty)
  }

  @Test func damageIsFound() throws {
    _ = try store.add(sources["a.tflite"], as: "mine")
    try folder.add("new/models/mine.tflite", bytes: other)
    let verification = try store.verify("mine")
    #expect(verification.isDamaged)
    #expect(verification.sha256 == Publication.sha256(other))
    #expect(verification.expectedSHA256 == Publication.sha256(content))
    try folder.add("new/models/mine.tflite.sha256", bytes: [1])
    #expect(throws: KitError.self) { try store.verify("mine") }
  }

  @Test func nothingIsKnownOfWhatOthersPutThere() throws {
    try folder.add("new/models/found.tflite", bytes: content)
    #expect(try store.verify("found").expectedSHA256 == nil)
    #expect(try !store.verify("found").isDamaged)
  }

  @Test func removingLeavesNothing() throws {
    _ = try store.add(sources["a.tflite"], as: "mine")
    try folder.add("new/models/.mine.tflite.part", "new/models/.mine.tflite.part.etag")
    try folder.add("new/models/.begun.tflite.part")
    try store.remove("mine")
    try store.remove("begun")
    #expect(folder.contents == ["new", "new/models"])
    #expect {
      try store.remove("mine")
    } throws: {
      "\($0)".hasPrefix("there is no model \"mine\" in \(folder["new/models"]); ")
    }
  }

  @Test(arguments: [
    ("posenet", "posenet"), ("a.b-c_d.tflite", "a.b-c_d"), ("4", "4"),
  ])
  func namesAreFilesNames(text: String, name: String) throws {
    #expect(try ModelStore.name(text) == name)
  }

  @Test(arguments: [
    "", ".tflite", "../x", "a/b", "-a", ".hidden", "a b", "ä", String(repeating: "a", count: 201),
  ])
  func otherNamesAreRefused(text: String) {
    #expect(throws: KitError.self) { try ModelStore.name(text) }
  }
}
