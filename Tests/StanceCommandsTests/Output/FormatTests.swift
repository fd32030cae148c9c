import Foundation
import StancePose
import Testing

@testable import StanceCommands

@Suite struct FormatTests {
  @Test(arguments: Samples.single.keys.sorted(), ResultFormat.allCases)
  func onePicture(_ name: String, _ format: ResultFormat) throws {
    let result = try #require(Samples.single[name])
    try Golden.expect(Samples.text([result], as: format), is: "\(name).\(format)")
  }

  @Test(arguments: ResultFormat.allCases.filter(\.holdsSeveralPictures))
  func severalPictures(_ format: ResultFormat) throws {
    let results = [Samples.nobody(), Samples.couple(), Samples.nobody(source: "last.jpg")]
    try Golden.expect(Samples.text(results, as: format), is: "several.\(format)")
  }

  @Test(arguments: [1, 3])
  func jsonIsWhatOtherProgramsRead(count: Int) throws {
    let odd = "a \"b\"\n\\c,\u{1}\u{2028}é👍.jpg"
    let results = [Samples.couple(source: odd), Samples.nobody(), Samples.athlete()].prefix(count)
    let text = Samples.text(Array(results), as: .json)
    let parsed = try JSONSerialization.jsonObject(with: Data(text.utf8))
    let objects = try #require(parsed as? [Any] ?? [parsed])
    #expect(objects.count == count)
    let first = try #require(objects.first as? [String: Any])
    #expect(first["source"] as? String == odd)
    let poses = try #require(first["poses"] as? [[String: Any]])
    #expect(poses.count == 2)
    let keypoints = try #require(poses[1]["keypoints"] as? [Any])
    #expect(keypoints.count == 17)
    #expect(keypoints[15] is NSNull)
    #expect((keypoints[0] as? [String: Any])?["name"] as? String == "nose")
    for line in Samples.text(Array(results), as: .jsonl).split(separator: "\n") {
      #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(line.utf8)) }
    }
  }

  @Test func numbersThatAreNotFiniteAreLeftOut() throws {
    var pose = Samples.pose(.coco17, from: 5)
    pose.keypoints[0]?.position.x = .nan
    pose.keypoints[1]?.score = .infinity
    pose.keypoints[2]?.visibility = .nan
    pose.score = .nan
    pose.box.width = .infinity
    let result = Samples.result(source: "nan.jpg", poses: [pose])
    #expect(result.bodies[0].keypoints[0] == nil)
    for format in ResultFormat.allCases {
      let text = Samples.text([result], as: format).lowercased()
      #expect(!text.replacingOccurrences(of: "nan.jpg", with: "").contains("nan"))
      #expect(!text.contains("inf"))
    }
  }

  @Test func namesCannotSteerATerminal() {
    let text = Samples.text([Samples.nobody(source: "a\u{1B}[2Jb.jpg")], as: .table)
    #expect(text.hasPrefix("a?[2Jb.jpg  "))
  }

  @Test func fieldsOfCSVAreQuoted() {
    let text = Samples.text([Samples.couple(source: "a,\"b\".jpg")], as: .csv)
    let lines = text.split(separator: "\n")
    #expect(lines.count == 1 + 17 + 16)
    #expect(lines.dropFirst().allSatisfy { $0.hasPrefix("\"a,\"\"b\"\".jpg\",640,480,") })
    let fieldCount = lines[0].split(separator: ",").count
    #expect(
      Samples.text([Samples.couple()], as: .csv).split(separator: "\n").allSatisfy {
        $0.split(separator: ",", omittingEmptySubsequences: false).count == fieldCount
      })
  }
}
