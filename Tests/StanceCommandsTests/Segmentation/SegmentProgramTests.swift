import Foundation
import StanceTestSupport
import Testing

@testable import StanceCommands

@Suite(
  .enabled(if: Program.isPresent, "needs the built program"),
  .enabled(if: SharedData.isPresent, "needs the shared data"))
struct SegmentProgramTests {
  private let bodyPix = SharedData.path(
    "models/coral/bodypix_mobilenet_v1_075_512_512_16_quant_decoder.tflite")
  private let photo = SharedData.path("images/test_couple.jpg")

  @Test func everyProductIsWritten() throws {
    let folder = try TemporaryFolder()
    let outcome = try Program.run([
      "segment", photo, "--model", bodyPix, "--parts", "--instances", "--cut-out", "--background",
      "#102030", "--blur-faces", "--out", folder["masks"], "--overlay", folder["drawn.png"],
    ])
    #expect(outcome.code == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("1920 x 1278 pixels  2 people"))
    #expect(
      folder.contents.filter { $0.hasSuffix(".png") }
        == ["drawn.png"]
        + ["cutout", "mask", "parts", "parts_colors", "person1", "person2", "picture"].map {
          "masks/test_couple_\($0).png"
        })
  }

  @Test func aFolderOfPicturesAndMasksIsWorkedOnAgain() throws {
    let folder = try TemporaryFolder()
    try FileManager.default.copyItem(atPath: photo, toPath: folder["a.jpg"])
    let arguments = [
      "segment", folder.path, "--model", bodyPix, "--instances", "--out", folder.path,
    ]
    for note in [
      "", "stance: passed over 3 results of an earlier run, \(folder["a_mask.png"]) and",
    ] {
      let outcome = try Program.run(arguments)
      #expect(outcome.code == 0, "\(outcome.errors)")
      #expect(outcome.errors.hasPrefix(note) && outcome.errors.contains("2 people in 1 picture;"))
      #expect(folder.contents == ["a.jpg", "a_mask.png", "a_person1.png", "a_person2.png"])
    }
    let named = try Program.run(
      ["segment", folder["a.jpg"], folder["a_mask.png"], "--model", bodyPix, "--out", folder.path])
    #expect(named.code == 2)
    #expect(named.errors.contains("a_mask.png would be overwritten"))
  }

  @Test func picturesThatAreNotThereLeaveNoFolder() throws {
    let folder = try TemporaryFolder()
    let outcome = try Program.run(
      ["segment", folder["none.jpg"], "--model", bodyPix, "--out", folder["s/a"]])
    #expect(outcome.code == 1)
    #expect(folder.contents.isEmpty)
  }

  @Test func whatAModelCannotTellIsWrongUsage() throws {
    let posenet = SharedData.path(
      "models/posenet/posenet_mobilenet_v1_075_257x257_float_stride16.tflite")
    let outcome = try Program.run(["segment", photo, "--model", posenet])
    #expect(outcome.code == 2)
    #expect(outcome.errors.contains("gives no masks of people"))
  }

  @Test func aDecoderAloneIsExplained() throws {
    let decoder = SharedData.path("models/coral/posenet_mobilenet_v1_075_353_481_decoder.tflite")
    let outcome = try Program.run(["estimate", photo, "--model", decoder])
    #expect(outcome.code == 3)
    #expect(outcome.errors.contains("holds Coral's decoder alone"))
  }

  @Test func decodersRunOnArrays() throws {
    let folder = try TemporaryFolder()
    let reference = SharedData.path("references/coral-353-481-quant-decoder/test_couple/input.npy")
    let model = SharedData.path(
      "models/coral/posenet_mobilenet_v1_075_353_481_quant_decoder.tflite")
    let outcome = try Program.run(
      ["run", model, "--input", reference, "--output-dir", folder["out"]])
    #expect(outcome.code == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("[1, 10, 17, 2]"))
    #expect(folder.contents.filter { $0.hasSuffix("npy") }.count == 4)
  }
}
