import Foundation
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
