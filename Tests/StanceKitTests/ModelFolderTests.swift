import Foundation
import Testing

@testable import StanceKit

@Suite struct ModelFolderTests {
  private let folder = FileManager.default.temporaryDirectory
    .appendingPathComponent("stance-\(UUID().uuidString)").path

  private func companion(of path: String?) throws -> String {
    try ModelFolder.companion(
      "palm.tflite", of: path, neededFor: "the part hands",
      environment: ["STANCE_MODELS": folder + "/models"])
  }

  @Test func companionsLieBesideOrInTheFolder() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    for name in ["models", "own"] {
      try FileManager.default.createDirectory(
        atPath: "\(folder)/\(name)", withIntermediateDirectories: true)
    }
    let missing = #expect(throws: KitError.self) { try companion(of: nil) }
    #expect(missing?.code == .noModel)
    #expect(
      missing?.description
        == "the part hands needs palm.tflite, which is not in \(folder)/models; fetch it with "
        + "`stance models fetch palm`")
    let both = #expect(throws: KitError.self) { try companion(of: folder + "/own/m.tflite") }
    #expect(both?.description.contains("neither beside it nor in \(folder)/models") == true)
    #expect(FileManager.default.createFile(atPath: folder + "/models/palm.tflite", contents: nil))
    #expect(try companion(of: folder + "/own/m.tflite") == folder + "/models/palm.tflite")
    #expect(FileManager.default.createFile(atPath: folder + "/own/palm.tflite", contents: nil))
    #expect(try companion(of: folder + "/own/m.tflite") == folder + "/own/palm.tflite")
    #expect(try companion(of: nil) == folder + "/models/palm.tflite")
  }
}
