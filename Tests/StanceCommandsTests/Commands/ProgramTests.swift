import Foundation
import StanceTestSupport
import Testing

@testable import StanceCommands

@Suite(.enabled(if: Program.isPresent, "needs the built program"))
struct ProgramTests {
  @Test(arguments: [
    ["--version"], ["--help"], ["help", "run"], ["estimate", "--help"], ["inspect", "--help"],
    ["segment", "--help"],
    ["--generate-completion-script", "bash"],
  ])
  func helpIsDone(arguments: [String]) throws {
    let outcome = try Program.run(arguments)
    #expect(outcome.code == 0)
    #expect(!outcome.output.isEmpty)
    #expect(outcome.errors.isEmpty)
  }

  @Test func everyCommandShowsExamples() throws {
    for command in ["estimate", "segment", "run", "inspect", "bench"] {
      let outcome = try Program.run(["help", command])
      #expect(outcome.output.contains("Examples:\n  stance \(command) "))
      #expect(
        outcome.output.split(separator: "\n").prefix { !$0.hasPrefix("USAGE") }
          .allSatisfy { $0.count <= 80 })
    }
  }

  @Test(arguments: [
    (["estimate"], "Missing expected argument"),
    (["estimate", "a.jpg", "--formt", "json"], "Did you mean '--format'?"),
    (["estimate", "a.jpg", "--format", "xml"], "xml"),
    (["estimate", "a.jpg", "--people", "0"], "--people is 0"),
    (["estimate", "a.jpg", "--min-score", "2"], "--min-score is 2"),
    (["estimate", "a.jpg", "--parts", "feet"], "--parts is feet; it must be body, hands or face"),
    (["estimate", "a.jpg", "--parts", "body,"], "--parts is body,; it must be"),
    (["estimate", "a.jpg", "--parts", ""], "--parts is ; it must be"),
    (["estimate", "a.jpg", "--parts", "Hands"], "--parts is Hands"),
    (["estimate", "a.jpg", "--parts", "hands", "--model", "m.tflite"], "add body to --parts"),
    (["estimate", "a.jpg", "--parts", "face", "--profile", "tfjs"], "add body to --parts"),
    (["estimate", "a.jpg", "--parts", "hands,face", "--format", "coco"], "add body to --parts"),
    (["estimate", "a.jpg", "--threads", "-1"], "--threads"),
    (["estimate", "a.jpg", "--precision", "int8"], "bfloat16"),
    (["run", "m.tflite", "--output-dir", "o", "--precision", "half"], "bfloat16"),
    (["run", "model.tflite", "--output-dir", "out", "--threads", "0"], "--threads is 0"),
    (["estimate", "a.jpg", "--resume"], "--resume needs"),
    (["estimate", "a.jpg", "b.jpg", "--format", "openpose"], "a file for each picture"),
    (["estimate", "a.jpg", "--overlay", "x.gif"], ".png"),
    (["inspekt", "x"], "there is no command \"inspekt\"; did you mean \"inspect\"?"),
    (["estimat", "x.jpg"], "did you mean \"estimate\"?"),
    (["help", "nosuch"], "the commands are estimate, segment, run, inspect, bench, models"),
    (["estimate", "-dash.jpg"], "write ./-dash.jpg"),
    (["estimate", "-x.jpg"], "write ./-x.jpg"),
    (["run", "model.tflite"], "--output-dir"),
    (["inspect", "m.tflite", "--html", "m.json"], "--html is m.json; name a file that ends with"),
    (["inspect", "m.tflite", "--html", ""], "--html cannot be empty"),
    (["inspect", "m.tflite", "--svg", "m.png"], "--svg is m.png"),
    (["inspect", "m.tflite", "--json", "--svg", "m.svg"], "--json prints"),
    (["inspect", ""], "the model's name is empty; give a file's path"),
    (["run", "", "--output-dir", "o"], "the model's name is empty"),
    (["bench"], "Missing expected argument"),
    (["bench", "m.tflite", "--threads", "0"], "--threads is 0; it must be 1 or more"),
    (["bench", "m.tflite", "--runs", "0"], "--runs is 0"),
    (["bench", "m.tflite", "--precision", "int4"], "float32"),
    (["bench", "a.tflite", "b.tflite", "--input", "x.npy"], "--input needs one model alone"),
    (["segment", "a.jpg", "--threshold", "2"], "--threshold is 2"),
    (["segment", "a.jpg", "--background", "purplish"], "--background is purplish"),
    (["segment", "a.jpg", "b.jpg", "--overlay", "x.png"], "name a folder with --overlay"),
  ])
  func wrongUsageIsTwo(arguments: [String], message: String) throws {
    let outcome = try Program.run(arguments)
    #expect(outcome.code == 2, "\(outcome.errors)")
    #expect(outcome.errors.contains(message), "\(outcome.errors)")
    #expect(outcome.output.isEmpty)
  }

  @Test func aFolderIsNoModel() throws {
    let folder = try TemporaryFolder()
    let outcome = try Program.run(["estimate", "a.jpg", "--model", folder.path])
    #expect(outcome.code == 3)
    #expect(outcome.errors.hasPrefix("stance: \(folder.path): this is a folder"))
  }

  @Test(arguments: [
    ["estimate", "a.jpg", "--model", "/nowhere/none.tflite"], ["inspect", "no-such-model"],
    ["run", "/nowhere/none.tflite", "--input", "x.npy", "--output-dir", "/nowhere/out"],
    ["inspect", #filePath], ["bench", "/nowhere/none.tflite"], ["bench", #filePath],
  ])
  func noModelIsThree(arguments: [String]) throws {
    let outcome = try Program.run(arguments)
    #expect(outcome.code == 3)
    #expect(outcome.errors.hasPrefix("stance: "))
    #expect(outcome.output.isEmpty)
  }
}

@Suite(
  .enabled(if: Program.isPresent, "needs the built program"),
  .enabled(if: SharedData.isPresent, "needs the shared data"))
struct SharedProgramTests {
  private let model = SharedData.path(
    "models/posenet/posenet_mobilenet_v1_075_257x257_float_stride16.tflite")
  private let edgeTPU = SharedData.path(
    "models/coral/posenet_mobilenet_v1_075_353_481_quant_decoder_edgetpu.tflite")

  @Test func picturesThatFailAreOne() throws {
    let outcome = try Program.run(
      ["estimate", "/nowhere/a.jpg", "/nowhere/*.png", "--model", model, "--format", "json"])
    #expect(outcome.code == 1)
    #expect(outcome.output == "[\n]\n")
    #expect(
      outcome.errors
        == """
        stance: /nowhere/a.jpg: there is no such file or folder
        stance: /nowhere/*.png: no file matches this pattern
        stance: 2 of 2 inputs failed

        """)
  }

  @Test func aPictureComesFromStandardInput() throws {
    let photo = try Data(contentsOf: URL(fileURLWithPath: SharedData.path("images/footballer.jpg")))
    let outcome = try Program.run(
      ["estimate", "-", "--model", model, "--format", "json"], input: Array(photo))
    #expect(outcome.code == 0, "\(outcome.errors)")
    #expect(outcome.errors.isEmpty)
    let parsed = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8))
    let object = try #require(parsed as? [String: Any])
    #expect(object["source"] as? String == "-")
    #expect((object["poses"] as? [Any])?.isEmpty == false)
  }

  @Test func anUnknownInstructionSetIsWrongUsage() throws {
    for arguments in [
      ["estimate", "a.jpg", "--model", model], ["bench", model, "--runs", "1"],
      ["run", model, "--input", "x.npy", "--output-dir", "/nowhere/out"],
    ] {
      let outcome = try Program.run(arguments, environment: ["STANCE_ISA": "bogus"])
      #expect(outcome.code == 2)
      #expect(outcome.errors.hasPrefix("stance: STANCE_ISA is \"bogus\"; it must be one of "))
    }
    let plain = try Program.run(
      ["estimate", "/nowhere/a.jpg", "--model", model, "--precision", "bfloat16"],
      environment: ["STANCE_ISA": "reference"])
    #expect(plain.errors.contains("--precision bfloat16 changes nothing"))
    #expect(!plain.errors.contains("takes longer"))
  }

  #if os(Linux)
    @Test func aPlaceThatTheSystemKeepsIsNamed() throws {
      let photo = SharedData.path("images/footballer.jpg")
      let arguments = ["estimate", photo, "--model", model, "--format", "json", "--out"]
      let folder = try Program.run(arguments + ["/proc/xx/"])
      #expect(folder.code == 1)
      #expect(
        folder.errors == """
          stance: the folder /proc/xx/ cannot be made: the system makes no folders there (/proc/xx); \
          name another place

          """)
      let file = try Program.run(arguments + ["/proc/xx"])
      #expect(file.code == 1)
      #expect(
        file.errors == """
          stance: /proc/xx cannot be written: the system makes no files in /proc; name another place

          """)
    }
  #endif

  @Test func anEdgeTPUModelIsExplained() throws {
    for arguments in [
      ["estimate", "a.jpg", "--model", edgeTPU],
      ["run", edgeTPU, "--input", "x.npy", "--output-dir", "/nowhere/out"],
    ] {
      let outcome = try Program.run(arguments)
      #expect(outcome.code == 3)
      #expect(
        outcome.errors.hasPrefix("stance: \(edgeTPU): the model is compiled for Google's Edge TPU"),
        "\(outcome.errors)")
      #expect(outcome.errors.contains("`stance inspect`"))
    }
  }

  @Test func arraysGoThroughAModel() throws {
    let folder = try TemporaryFolder()
    let reference = SharedData.path("references/posenet-257-float-stride16/footballer/input.npy")
    let outcome = try Program.run(
      ["run", model, "--input", "sub_2=\(reference)", "--output-dir", folder["new/out"]])
    #expect(outcome.code == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("float32  [1, 17, 17, 34]"))
    #expect(
      folder.contents.filter { $0.hasSuffix("npy") } == (0..<4).map { "new/out/output_\($0).npy" })
  }

  @Test func modelsAreMeasuredOneAfterTheOther() throws {
    let outcome = try Program.run(
      ["bench", model, "/nowhere/none.tflite", "--runs", "1", "--threads", "1", "--json"])
    #expect(outcome.code == 1)
    #expect(outcome.errors.hasPrefix("stance: there is no model \"/nowhere/none.tflite\""))
    let parsed = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8))
    let reports = try #require(parsed as? [[String: Any]])
    #expect(reports.count == 1)
    #expect(reports.first?["minimum_ms"] as? Double ?? 0 > 0)
  }

  @Test func arraysOfAnotherShapeCannotBeMeasured() throws {
    let array = SharedData.path(
      "references/posenet-float-stride16-resized-353x481/three_people/input.npy")
    let outcome = try Program.run(["bench", model, "--input", array])
    #expect(outcome.code == 2)
    #expect(outcome.errors.contains("give an array of that shape"), "\(outcome.errors)")
  }

  @Test func arraysThatDoNotFitAreWrongUsage() throws {
    let folder = try TemporaryFolder()
    let cases = [
      ("coral-353-481-quant/three_people/input.npy", "holds uint8"),
      ("posenet-float-stride16-resized-353x481/three_people/input.npy", "--resize"),
    ]
    for (path, message) in cases {
      let outcome = try Program.run(
        [
          "run", model, "--input", SharedData.path("references/" + path), "--output-dir",
          folder["out"],
        ])
      #expect(outcome.code == 2)
      #expect(outcome.errors.contains(message), "\(outcome.errors)")
    }
    #expect(folder.contents.isEmpty)
  }

  @Test func aShapeThatTheModelCannotTakeIsWrongUsage() throws {
    let folder = try TemporaryFolder()
    let header = "{'descr': '<f4', 'fortran_order': False, 'shape': (1, 8, 8, 2), }"
    let padded = header + String(repeating: " ", count: 117 - header.count) + "\n"
    try folder.add(
      "x.npy",
      bytes: [0x93] + Array("NUMPY".utf8) + [1, 0, 118, 0] + Array(padded.utf8)
        + [UInt8](repeating: 0, count: 512))
    let outcome = try Program.run(
      ["run", model, "--resize", "--input", folder["x.npy"], "--output-dir", folder["out"]])
    #expect(outcome.code == 2)
    #expect(
      outcome.errors.hasPrefix(
        "stance: \(folder["x.npy"]): the array of shape [1, 8, 8, 2] for input \"sub_2\" "
          + "does not suit the model: operator "),
      "\(outcome.errors)")
    #expect(folder.contents == ["x.npy"])
  }

  @Test func placesThatCannotBeMadeAreNamed() throws {
    let array = SharedData.path("references/posenet-257-float-stride16/footballer/input.npy")
    let outcome = try Program.run(
      ["run", model, "--input", array, "--output-dir", "/dev/null/x"])
    #expect(outcome.code == 1)
    #expect(
      outcome.errors
        == "stance: the folder /dev/null/x cannot be made: /dev/null is a file and no folder; "
        + "name another place\n")
  }
}
