import Foundation
import StanceTestSupport
import Testing

@testable import StanceCommands

@Suite struct OutputFileTests {
  @Test func appearsAsAWhole() throws {
    let folder = try TemporaryFolder()
    let file = try OutputFile(path: folder["a.json"])
    try file.write("half")
    #expect(folder.contents.count == 1 && !folder.contents.contains("a.json"))
    try file.write("half")
    try file.commit()
    #expect(folder.contents == ["a.json"])
    #expect(try folder.text("a.json") == "halfhalf")
  }

  @Test func leavesWhatWasThereWhereItIsDiscarded() throws {
    let folder = try TemporaryFolder()
    try folder.add("a.json")
    do {
      let file = try OutputFile(path: folder["a.json"])
      try file.write("new")
    }
    #expect(folder.contents == ["a.json"])
    #expect(try folder.text("a.json") == "\u{1}")
  }

  @Test func replacesTheTargetOfALink() throws {
    let folder = try TemporaryFolder()
    try folder.add("real/a.json")
    try FileManager.default.createSymbolicLink(
      atPath: folder["link.json"], withDestinationPath: folder["real/a.json"])
    try OutputFile.write(Array("new".utf8), to: folder["link.json"])
    #expect(try folder.text("real/a.json") == "new")
    let target = try FileManager.default.destinationOfSymbolicLink(atPath: folder["link.json"])
    #expect(target == folder["real/a.json"])
  }

  @Test func writesToDevicesDirectly() throws {
    try OutputFile.write(Array("gone".utf8), to: "/dev/null")
    let type = try FileManager.default.attributesOfItem(atPath: "/dev/null")[.type]
    #expect(type as? FileAttributeType == .typeCharacterSpecial)
  }

  @Test func saysWhyNothingCanBeWritten() throws {
    let folder = try TemporaryFolder()
    try folder.add("file")
    for (path, reason) in [
      (folder["none/a.json"], "the folder does not exist"), (folder.path, "is a folder"),
      (folder["file/a.json"], "is a file and no folder"),
    ] {
      let error = #expect(throws: CommandError.self) { try OutputFile(path: path) }
      #expect(error?.description.contains(reason) == true, "\(String(describing: error))")
    }
    #expect(folder.contents == ["file"])
  }

  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/dev/full"), "needs /dev/full"))
  func aFullDiskIsAnError() {
    let error = #expect(throws: CommandError.self) {
      try OutputFile.write([1, 2, 3], to: "/dev/full")
    }
    #expect(error?.description == "/dev/full cannot be written: no space left on the disk")
  }
}
