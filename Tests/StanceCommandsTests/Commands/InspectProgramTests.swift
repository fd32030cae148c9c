import StanceTestSupport
import Testing

@testable import StanceCommands

@Suite(.enabled(if: Program.isPresent, "needs the built program"))
struct InspectProgramTests {
  private func folder() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.add("model.tflite", bytes: TestModel.rich.root.file())
    return folder
  }

  @Test func aPageAndADrawingAreWritten() throws {
    let folder = try folder()
    let outcome = try Program.run([
      "inspect", folder["model.tflite"], "--html", folder["page.html"], "--svg",
      folder["graph.SVG"],
    ])
    #expect(outcome.code == 0, "\(outcome.errors)")
    #expect(outcome.output.isEmpty && outcome.errors.isEmpty)
    #expect(folder.contents == ["graph.SVG", "model.tflite", "page.html"])
    let page = try PageReading(try folder.text("page.html"))
    #expect(page.texts(of: "title").first == "model.tflite")
    // Where the file lies is nobody's business.
    #expect(!page.text.contains(folder.path))
    // The weights' DENSIFY leads to an output, so that it has a box too.
    let drawing = try PageReading(try folder.text("graph.SVG"))
    #expect(drawing.identifiers.count { $0.hasPrefix("op-") } == 4)
    #expect(drawing.identifiers.count { $0.hasPrefix("in-") } == 1)
    #expect(drawing.identifiers.count { $0.hasPrefix("out-") } == 3)
  }

  @Test func whereNothingCanBeWrittenNothingIsLeft() throws {
    let folder = try folder()
    let outcome = try Program.run([
      "inspect", folder["model.tflite"], "--html", folder["none/page.html"],
    ])
    #expect(outcome.code == 1)
    #expect(outcome.errors.contains("the folder does not exist; make it first"))
    #expect(folder.contents == ["model.tflite"])
  }
}
