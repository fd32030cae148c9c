import Foundation
import StanceKit
import StancePose
import StanceTestSupport
import Testing

@testable import StanceCommands

@Suite struct PartsArgumentTests {
  private static let cases: [(String, Person.Parts)] = [
    ("body", .body), ("hands", .hands), ("face", .face),
    ("body,hands,face", [.body, .hands, .face]), ("face,body", [.body, .face]),
    ("hands,hands", .hands),
  ]

  @Test(arguments: cases)
  func namesAreParts(argument: String, parts: Person.Parts) throws {
    #expect(try Person.Parts(argument: argument) == parts)
  }

  @Test(arguments: ["", "feet", "body hands", "body,,face", " body", "Face"])
  func otherNamesAreWrong(argument: String) {
    #expect(throws: (any Error).self) { try Person.Parts(argument: argument) }
  }

  @Test func recordsAreCalledWhatTheyAre() {
    #expect(Person.Parts([.body, .hands]).text(count: 1) == "1 person")
    #expect(Person.Parts.body.text(count: 0) == "0 people")
    #expect(Person.Parts.hands.text(count: 2) == "2 hands")
    #expect(Person.Parts.face.nothing == "no face")
    #expect(Person.Parts([.hands, .face]).text(count: 3) == "3 hands and faces")
  }
}

/// Whole runs of the program.
@Suite(
  .enabled(if: Program.isPresent, "needs the built program"),
  .enabled(if: SharedData.isPresent, "needs the shared data"),
  .enabled(if: PartModels.arePresent, "needs the models of hands and faces"))
struct PartsProgramTests {
  private let picture = SharedData.path("images/three_people.jpg")

  @Test func facesAloneAreRecords() throws {
    let folder = try TemporaryFolder()
    let outcome = try Program.run([
      "estimate", picture, "--parts", "face", "--people", "2", "--format", "json", "--out",
      folder["f.json"], "--overlay", folder["f.png"],
    ])
    #expect(outcome.code == 0, "\(outcome.errors)")
    #expect(outcome.errors.hasPrefix("2 faces in 1 picture; see "))
    let parsed = try JSONSerialization.jsonObject(with: Data(folder.text("f.json").utf8))
    let object = try #require(parsed as? [String: Any])
    #expect(object["skeleton"] is NSNull && object["part_models"] == nil)
    #expect((object["model"] as? [String: Any])?["family"] as? String == "face")
    let records = try #require(object["poses"] as? [[String: Any]])
    #expect(records.count == 2)
    for record in records {
      let face = try #require(record["face"] as? [String: Any])
      #expect((face["keypoints"] as? [Any])?.count == 468)
      #expect(record["keypoints"] == nil && record["left_hand"] == nil)
    }
    #expect(folder.contents == ["f.json", "f.png"])
  }

  @Test func aMissingModelIsExplained() throws {
    let folder = try TemporaryFolder()
    let outcome = try Program.run(
      ["estimate", picture, "--parts", "hands"], environment: ["STANCE_MODELS": folder.path])
    #expect(outcome.code == 3)
    #expect(
      outcome.errors.hasPrefix("stance: the part hands needs palm_detection_full.tflite"),
      "\(outcome.errors)")
    #expect(outcome.errors.contains("`stance models fetch palm_detection_full`"))
  }
}

enum PartModels {
  static var arePresent: Bool {
    ["hand_landmark_full", "palm_detection_full", "face_landmark", "face_detection_short_range"]
      .allSatisfy { (try? ModelFolder.file($0)) != nil }
  }
}
