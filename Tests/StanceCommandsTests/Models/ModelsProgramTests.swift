import Foundation
import StanceKit
import StanceTestSupport
import Testing

@testable import StanceCommands

@Suite(.enabled(if: Program.isPresent, "needs the built program"))
struct ModelsProgramTests {
  private let folder: TemporaryFolder
  private let sources: TemporaryFolder
  private let model = TestModel.rich.root.file()

  init() throws {
    folder = try TemporaryFolder()
    sources = try TemporaryFolder()
    try sources.add(
      "a.tflite", "movenet_lightning_int8.tflite", "pose_detection.tflite", bytes: model)
    try sources.add("photo.tflite", bytes: [0xFF, 0xD8, 0xFF, 0xE0])
  }

  private func models(_ arguments: String...) throws -> Program.Outcome {
    try Program.run(["models"] + arguments, environment: ["STANCE_MODELS": folder.path])
  }

  @Test func aModelLivesUnderItsName() throws {
    let path = folder["mine.tflite"]
    #expect(
      try models("add", sources["a.tflite"], "--name", "mine").output
        == "mine is here now: \(path)\n")
    #expect(try models("path", "mine").output == "\(path)\n")
    #expect(try models("verify").output == "mine is intact\n")
    #expect(try models("verify", "--json").output.contains(#""state": "intact""#))

    let environment = ["STANCE_MODELS": folder.path]
    let inspected = try Program.run(["inspect", "mine"], environment: environment)
    #expect(inspected.code == 0 && inspected.output.hasPrefix(path))

    try folder.add("mine.tflite", bytes: model + [0])
    let damaged = try models("verify")
    #expect(damaged.code == 1)
    #expect(damaged.output.hasPrefix("mine is damaged: it has SHA-256 "))
    #expect(try models("remove", "mine").output == "mine is removed\n")
    #expect(folder.contents.isEmpty)
    #expect(try models("verify").output == "there are no models in \(folder.path)\n")
  }

  @Test func theListHasTheCatalogueAndTheFolder() throws {
    _ = try models("add", sources["a.tflite"], "--name", "mine")
    let text = try models("list").output
    #expect(text.hasPrefix("name "))
    #expect(text.contains("\nmovenet_thunder_int8 "))
    #expect(
      text.split(separator: "\n").contains { $0.hasPrefix("mine ") && $0.hasSuffix(" yes   added") }
    )

    let json = try JSONSerialization.jsonObject(
      with: Data(try models("list", "--json").output.utf8))
    let entries = try #require(json as? [[String: Any]])
    #expect(entries.count == ModelCatalogue.models.count + 1)
    #expect(entries.last?["path"] as? String == folder["mine.tflite"])
    #expect(entries.first?["name"] as? String == "pose_landmark_full")
    #expect(entries.first?["licence"] as? String == "Apache-2.0")
    #expect(entries.first?["path"] is NSNull)
  }

  @Test func aFirstFetchSaysWhatItRecords() throws {
    let name = "movenet_lightning_int8"
    let first = try models("fetch", name, name, "--from", sources.path)
    #expect(first.code == 0, "\(first.errors)")
    #expect(first.errors == "stance: fetching \(name) from \(sources.path)\n")
    #expect(first.output.hasPrefix("\(name) is here now; nobody publishes its SHA-256"))
    let second = try models("fetch", name, "--from", sources.path)
    #expect(second.output == "\(name) is here already\n")
    #expect(second.errors.isEmpty)
  }

  @Test func oneFailureDoesNotStopTheOthers() throws {
    let outcome = try models(
      "fetch", "pose_landmark_full", "movenet_lightning_int8", "--from", sources.path)
    #expect(outcome.code == 1)
    #expect(outcome.errors.contains("stance: pose_landmark_full: \(sources.path) holds no "))
    #expect(outcome.errors.contains("stance: pose_detection: what came has SHA-256 "))
    #expect(outcome.errors.hasSuffix("stance: 2 of 3 models failed\n"))
    #expect(outcome.output.hasPrefix("movenet_lightning_int8 is here now"))
    #expect(
      folder.contents == [
        "movenet_lightning_int8.tflite", "movenet_lightning_int8.tflite.sha256",
      ])
  }

  @Test func allAreVerifiedAndRemoved() throws {
    _ = try models("add", sources["a.tflite"], "--name", "mine")
    _ = try models("add", sources["a.tflite"], "--name", "worn")
    try folder.add("worn.tflite")
    let verified = try models("verify", "none", "worn", "mine", "mine")
    #expect(verified.code == 1)
    #expect(verified.output.hasPrefix("worn is damaged: "))
    #expect(verified.output.hasSuffix("\nmine is intact\n"))
    #expect(verified.errors.hasPrefix("stance: there is no model \"none\" in "))
    #expect(verified.errors.hasSuffix("stance: 2 of 3 models failed\n"))

    let json = try models("verify", "none", "worn", "mine", "--json")
    #expect(json.code == 1)
    let entries = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [[String: Any]]
    #expect(entries?.map { $0["state"] as? String } == ["missing", "damaged", "intact"])

    try folder.add("mine.tflite.sha256")
    let unreadable = try models("verify")
    #expect(unreadable.code == 1)
    #expect(unreadable.errors.contains("mine.tflite.sha256 holds no SHA-256"))
    #expect(unreadable.output.hasPrefix("worn is damaged: "))

    let removed = try models("remove", "none", "mine", "mine.tflite", "other", "worn")
    #expect(removed.code == 3)
    #expect(removed.output == "mine is removed\nworn is removed\n")
    #expect(removed.errors.contains("no model \"none\"") && removed.errors.contains("\"other\""))
    #expect(folder.contents.isEmpty)
  }

  @Test func theDefaultModelIsRemovedWithAWarning() throws {
    try folder.add("pose_landmark_full.tflite")
    let outcome = try models("remove", "pose_landmark_full")
    #expect(outcome.code == 0)
    #expect(outcome.output.contains("`stance models fetch pose_landmark_full` brings it back"))
    for arguments in [
      ["estimate", "a.jpg"], ["segment", "a.jpg"], ["bench", "pose_landmark_full"],
    ] {
      let outcome = try Program.run(arguments, environment: ["STANCE_MODELS": folder.path])
      #expect(outcome.code == 3)
      #expect(outcome.errors.contains("`stance models fetch pose_landmark_full`"))
    }
  }

  @Test(arguments: [
    (["fetch", "movenet_thunder"], 3, "did you mean \"movenet_thunder_int8\" or "),
    (["fetch", "nonsense"], 3, "the catalogue has no model \"nonsense\"; `stance models list`"),
    (
      ["add", "x.tflite", "--name", String(repeating: "n", count: 300)], 2,
      "a name for a model has at most 200 letters, and \"nnnnnnnnnnnnnnnnnnnn...\" has 300\n"
    ),
    (["fetch", "a/b"], 2, "\"a/b\" is no name for a model"),
    (["fetch"], 2, "Missing expected argument"),
    (
      ["fetch", "pose_detection", "--from", "/nowhere"], 2, "neither a folder nor an https address"
    ),
    (["path", "pose_landmark_heavy"], 3, "`stance models fetch pose_landmark_heavy`"),
    (["remove", "nonsense"], 3, "there is no model \"nonsense\""),
    (["verify", "nonsense"], 3, "there is no model \"nonsense\""),
    (["add", "/nowhere/x.tflite"], 3, "/nowhere/x.tflite"),
    (["add", "x.tflite", "--name", "../x"], 2, "is no name for a model"),
    (["fetsch", "x"], 2, "there is no command \"fetsch\"; did you mean \"fetch\"?"),
    (
      ["what"], 2,
      "the commands are list, fetch, add, path, remove, verify, see `stance models --help`"
    ),
  ])
  func wrongUsageIsExplained(arguments: [String], code: Int32, message: String) throws {
    let outcome = try Program.run(
      ["models"] + arguments, environment: ["STANCE_MODELS": folder.path])
    #expect(outcome.code == code, "\(outcome.errors)")
    #expect(outcome.errors.contains(message), "\(outcome.errors)")
    #expect(outcome.output.isEmpty)
    #expect(folder.contents.isEmpty)
  }

  @Test func whatIsNoModelIsNotAdded() throws {
    let outcome = try models("add", sources["photo.tflite"])
    #expect(outcome.code == 3)
    #expect(outcome.errors.contains("this is a JPEG image; a TensorFlow Lite model"))
    #expect(folder.contents.isEmpty)
  }

  @Test func helpIsShown() throws {
    for name in ["list", "fetch", "add", "path", "remove", "verify"] {
      let outcome = try models(name, "--help")
      #expect(outcome.code == 0)
      #expect(outcome.output.contains("Examples:\n  stance models \(name)"))
    }
    #expect(try models().output == models("--help").output)
  }
}
