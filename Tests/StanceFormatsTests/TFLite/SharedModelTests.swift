import Foundation
import StanceFormats
import StanceGraph
import StanceTensors
import StanceTestSupport
import Testing

@Suite(.enabled(if: SharedData.isPresent, "needs the shared data"))
struct SharedModelTests {
  @Test func everyModelReads() throws {
    let folder = SharedData.folder.appendingPathComponent("models")
    let files = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".tflite") }
    #expect(files.count >= 8)
    for file in files {
      let model = try ModelReader.read(contentsOf: folder.appendingPathComponent(file).path)
      #expect(!model.graph.nodes.isEmpty)
      #expect(!model.graph.inputs.isEmpty)
      #expect(!model.graph.outputs.isEmpty)
    }
  }
}
