import Foundation
import StanceTestSupport
import Testing

@testable import StanceCommands

@Suite struct InputGatheringTests {
  private func names(
    _ arguments: [String], in folder: TemporaryFolder, recursive: Bool = false,
    excluding: [String] = []
  ) -> [String] {
    InputGathering(isRecursive: recursive, excludedFolders: excluding.map { folder[$0] })
      .gather(arguments.map { $0 == "-" ? $0 : folder[$0] }).sources
      .map { source in
        let name = source.name.replacingOccurrences(of: folder.path + "/", with: "")
        if case .missing = source { return "missing \(name)" }
        return name
      }
  }

  @Test func foldersGivePicturesInOrder() throws {
    let folder = try TemporaryFolder()
    try folder.add("p/b.JPG", "p/a.png", "p/notes.txt", "p/.hidden.jpg", "p/c.WebP", "p/sub/d.jpg")
    #expect(names(["p"], in: folder) == ["p/a.png", "p/b.JPG", "p/c.WebP"])
    #expect(
      names(["p/"], in: folder, recursive: true)
        == ["p/a.png", "p/b.JPG", "p/c.WebP", "p/sub/d.jpg"])
  }

  @Test func argumentsKeepTheirOrderAndComeOnce() throws {
    let folder = try TemporaryFolder()
    try folder.add("p/a.jpg", "p/b.jpg", "c.bin")
    #expect(
      names(["p/b.jpg", "c.bin", "-", "p", "-"], in: folder)
        == ["p/b.jpg", "c.bin", "-", "p/a.jpg"])
  }

  @Test func whatIsNotThereIsNamed() throws {
    let folder = try TemporaryFolder()
    try folder.add("a.jpg", "empty/x.txt")
    #expect(
      names(["none.jpg", "empty", "no*.jpg", "a.jpg"], in: folder)
        == ["missing none.jpg", "missing empty", "missing no*.jpg", "a.jpg"])
  }

  @Test func patternsAreExpandedUnlessAFileHasTheName() throws {
    let folder = try TemporaryFolder()
    try folder.add("p/2.jpg", "p/10.jpg", "p/1.png", "[1].jpg", "q1/z.jpg")
    #expect(names(["p/*.jpg"], in: folder) == ["p/10.jpg", "p/2.jpg"])
    #expect(names(["[1].jpg"], in: folder) == ["[1].jpg"])
    #expect(names(["p/?.*"], in: folder) == ["p/1.png", "p/2.jpg"])
    #expect(names(["q*"], in: folder) == ["q1/z.jpg"])
  }

  @Test func foldersOfResultsAreNotSearchedAndLinksNotFollowed() throws {
    let folder = try TemporaryFolder()
    try folder.add("p/a.jpg", "p/overlays/a.png", "p/sub/b.jpg")
    try FileManager.default.createSymbolicLink(
      atPath: folder["p/sub/loop"], withDestinationPath: folder["p"])
    #expect(
      names(["p"], in: folder, recursive: true, excluding: ["p/overlays"])
        == ["p/a.jpg", "p/sub/b.jpg"])
  }

  @Test func linksThatLeadNowhereAreNamed() throws {
    let folder = try TemporaryFolder()
    try folder.add("p/a.jpg")
    for name in ["p/broken.jpg", "p/broken.txt"] {
      try FileManager.default.createSymbolicLink(
        atPath: folder[name], withDestinationPath: folder["none"])
    }
    #expect(names(["p"], in: folder) == ["p/a.jpg", "missing p/broken.jpg"])
    #expect(names(["p/*.jpg"], in: folder) == ["p/a.jpg", "missing p/broken.jpg"])
    let sources = InputGathering(isRecursive: false).gather([folder["p"]]).sources
    #expect(sources.contains { "\($0)".contains("this link leads to no file") })
  }

  @Test func partsOfAPathThatAreFilesAreNamed() throws {
    let folder = try TemporaryFolder()
    try folder.add("a.jpg")
    guard
      case .missing(_, let reason) = InputGathering(isRecursive: false)
        .gather([folder["a.jpg/b.jpg"]]).sources[0]
    else {
      Issue.record("a file in a file was found")
      return
    }
    #expect(reason.contains("is a file and no folder"))
  }

  #if os(Linux)
    @Test func namesThatDifferInCompositionAreTwoFiles() throws {
      let folder = try TemporaryFolder()
      try folder.add("p/notes.txt")
      let (composed, decomposed) = ("p/\u{E9}.jpg", "p/e\u{301}.jpg")
      for name in [composed, decomposed] { try addFile(Array(folder[name].utf8)) }
      let found = names(["p", composed, decomposed], in: folder).map { Array($0.utf8) }
      #expect(found == [Array(decomposed.utf8), Array(composed.utf8)])
    }

    @Test func namesThatAreNotUTF8AreNamed() throws {
      let folder = try TemporaryFolder()
      try folder.add("p/a.jpg", "q/b.jpg")
      for name: [UInt8] in [[0xE9], [0xEA]] {
        try addFile(Array(folder["p/"].utf8) + name + Array(".jpg".utf8))
        try addFile(Array(folder["p/"].utf8) + name + Array(".txt".utf8))
      }
      let all = ["p/a.jpg", "missing p/\\xE9.jpg", "missing p/\\xEA.jpg"]
      #expect(names(["p"], in: folder, recursive: true) == all)
      #expect(names(["p/*.jpg"], in: folder) == all)
    }

    /// By bytes, which Foundation may change.
    private func addFile(_ path: [UInt8]) throws {
      let descriptor = open(path.map(CChar.init(bitPattern:)) + [0], O_CREAT | O_WRONLY, 0o644)
      try #require(descriptor >= 0)
      close(descriptor)
    }
  #endif

  @Test func onlyOneFileIsASinglePicture() throws {
    let folder = try TemporaryFolder()
    try folder.add("p/a.jpg")
    let gathering = InputGathering(isRecursive: false)
    #expect(gathering.gather([folder["p/a.jpg"]]).isSinglePicture)
    #expect(gathering.gather(["-"]).isSinglePicture)
    #expect(!gathering.gather([folder["p"]]).isSinglePicture)
    #expect(!gathering.gather([folder["p/*.jpg"]]).isSinglePicture)
    #expect(!gathering.gather([folder["p/a.jpg"], folder["b.jpg"]]).isSinglePicture)
  }
}
