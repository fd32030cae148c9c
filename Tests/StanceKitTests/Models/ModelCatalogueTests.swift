import Foundation
import StanceTestSupport
import Testing

@testable import StanceKit

@Suite struct ModelCatalogueTests {
  private let models = ModelCatalogue.models

  @Test func everyEntryIsSound() throws {
    #expect(models.count == 26)
    #expect(Set(models.map(\.name)).count == models.count)
    for model in models {
      #expect(try ModelStore.name(model.name) == model.name)
      #expect(model.licence == "Apache-2.0")
      #expect(!model.purpose.isEmpty && model.purpose.count <= 60)
      #expect(model.companions.allSatisfy { ModelCatalogue.model(named: $0) != nil })
      if let sha256 = model.sha256 {
        #expect(sha256.utf8.count == 64 && sha256.allSatisfy { "0123456789abcdef".contains($0) })
      }
      switch model.origin {
      case .wheel(let requirement, let member):
        #expect(requirement.contains("==") && member.hasSuffix("/\(model.name).tflite"))
        #expect(model.sha256 != nil && model.byteCount != nil)
      case .address(let address):
        #expect(address.hasPrefix("https://"))
        #expect(throws: Never.self) { try Download(address: address, isChecked: false) }
      }
    }
    #expect(ModelCatalogue.model(named: ModelCatalogue.defaultModel) != nil)
  }

  @Test(.enabled(if: SharedData.isPresent, "needs the shared data"))
  func filesAtHandAreWhatTheCatalogueSays() throws {
    var compared = 0
    for folder in ["coral", "movenet"] {
      let path = SharedData.path("models/\(folder)")
      for file in try FileManager.default.contentsOfDirectory(atPath: path)
      where file.hasSuffix(".tflite") {
        let model = try #require(ModelCatalogue.model(named: String(file.dropLast(7))), "\(file)")
        let content = try Data(contentsOf: URL(fileURLWithPath: "\(path)/\(file)"))
        #expect(model.byteCount == content.count)
        #expect(model.sha256 == FileDigest.sha256(of: content))
        compared += 1
      }
    }
    #expect(compared == 7)
  }

  @Test(arguments: [
    ("movenet_lightning_int8", "; fetch it with `stance models fetch movenet_lightning_int8`"),
    ("pose_landmark_lite.tflite", "; fetch it with `stance models fetch pose_landmark_lite`"),
    ("movenet_thunder", "\"movenet_thunder_int8\" or \"movenet_thunder_float16\"?"),
    ("pose_landmrk_full", "; did you mean \"pose_landmark_full\"?"),
    ("nonsense", "; `stance models list` shows those that there are"),
    ("/nowhere/x.tflite", "give a file's path, or a name that `stance models list` shows"),
  ])
  func aModelThatIsNotThereComesWithAdvice(name: String, advice: String) throws {
    let folder = try TemporaryFolder()
    #expect {
      try ModelFolder.file(name, environment: ["STANCE_MODELS": folder.path])
    } throws: {
      "\($0)".hasPrefix("there is no model \"\(name)\"") && "\($0)".hasSuffix(advice)
    }
  }
}
