import Foundation
import StanceTestSupport
import Testing

@testable import StanceCommands

@Suite struct COCOImageIDsTests {
  private func sources(_ paths: [String]) -> [InputSource] {
    paths.map { $0 == "-" ? .standardInput : .file(path: $0, folder: nil) }
  }

  @Test(arguments: [
    (["000000000785.jpg", "a/000000040083.jpg"], [785, 40083]),
    (["COCO_val2014_000000000042.jpg"], [42]),
    (["a.jpg", "000000000785.jpg"], [1, 2]),
    (["x/1.jpg", "y/1.jpg"], [1, 2]),
    (["99999999999999999999.jpg", "-"], [1, 2]),
    (["9223372036854775807.jpg", "8.jpg"], [.max, 8]),
    (["-"], [1]),
    ([], []),
  ])
  func comeFromNamesOrPlaces(paths: [String], ids: [Int]) {
    #expect(COCOImageIDs.numbers(of: sources(paths)) == ids)
  }

  @Test func thePlaceOfAPipeIsNoNumber() throws {
    let folder = try TemporaryFolder()
    try #require(mkfifo(folder["63"], 0o600) == 0)
    #expect(COCOImageIDs.numbers(of: sources([folder["63"]])) == [1])
    #expect(COCOImageIDs.numbers(of: sources([folder["63"], folder["7.jpg"]])) == [1, 2])
  }

  /// - Parameter files: what a folder holds, by the files' names.
  private func numbers(of names: [String], after files: [String: String]) throws -> [Int] {
    let folder = try TemporaryFolder()
    for (name, text) in files { try folder.add(name, bytes: Array(text.utf8)) }
    let earlier = COCOImageIDs.Earlier(
      in: folder.path, paths: names.map { folder[$0 + ".json"] })
    return COCOImageIDs.numbers(of: sources(names.map { $0 + ".jpg" }), earlier: earlier)
  }

  private func entries(_ ids: Int...) -> String {
    "[" + ids.map { #"{"image_id":\#($0),"score":0.5}"# }.joined(separator: ",") + "]"
  }

  @Test func earlierOnesStay() throws {
    #expect(try numbers(of: ["a", "b"], after: ["b.json": entries(1, 1)]) == [2, 1])
    #expect(try numbers(of: ["a", "b", "c"], after: ["b.json": entries(7)]) == [8, 7, 9])
    #expect(try numbers(of: ["a1", "a5"], after: ["a1.json": entries(1)]) == [1, 5])
    #expect(try numbers(of: ["a1", "a5"], after: ["x.json": entries(5)]) == [1, 6])
    #expect(
      try numbers(of: ["a"], after: ["gone.json": entries(1), "more.json": entries(3)]) == [4])
    #expect(try numbers(of: ["a"], after: ["x.json": entries(.max)]) == [1])
  }

  @Test func whatIsNoNumberOfOnePictureDoesNotCount() throws {
    #expect(
      try numbers(of: ["a", "b"], after: ["a.json": entries(3), "b.json": entries(3)]) == [3, 4])
    #expect(try numbers(of: ["a"], after: ["a.json": entries(3, 4)]) == [5])
    for text in ["[]", "", "{}", "[{}]", #"[{"image_id":"x"}]"#, #"[{"image_id":1e99}]"#] {
      #expect(try numbers(of: ["a", "b"], after: ["b.json": text]) == [1, 2])
    }
    #expect(try numbers(of: ["a"], after: ["a.txt": entries(3)]) == [1])
    let nowhere = COCOImageIDs.Earlier(in: "/nowhere", paths: ["/nowhere/a.json"])
    #expect(nowhere == COCOImageIDs.Earlier())
  }
}
