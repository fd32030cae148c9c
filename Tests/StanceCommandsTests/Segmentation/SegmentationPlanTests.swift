import StanceImaging
import StanceTestSupport
import Testing

@testable import StanceCommands

@Suite struct SegmentationPlanTests {
  private func plan(
    _ paths: [String], out: String = "masks", overlay: String? = nil, isSingle: Bool = true
  ) throws -> SegmentationPlan {
    try SegmentationPlan(
      inputs: GatheredInputs(
        sources: paths.map { .file(path: $0, folder: nil) }, isSinglePicture: isSingle),
      products: [], background: nil, folder: out, overlays: overlay.map(Destination.init))
  }

  @Test func filesAreNamedAfterThePicture() throws {
    let plan = try plan(["photos/a.jpg", "more/a.png"], overlay: "drawn/", isSingle: false)
    #expect(plan.path(at: 0, "mask") == "masks/photos_a_mask.png")
    #expect(plan.path(at: 1, "person2") == "masks/more_a_person2.png")
    #expect(plan.overlayPath(at: 1) == "drawn/more_a.png")
    #expect(try self.plan(["a.jpg"], out: "x/").path(at: 0, "mask") == "x/a_mask.png")
  }

  @Test func contradictionsAreWrongUsage() {
    for (paths, out, overlay, isSingle) in [
      (["a.jpg", "b.jpg"], "masks", "one.png", false), (["a.jpg"], "masks", "one.svg", true),
      (["a.jpg"], "masks", "a.jpg", true), (["x/a.png", "x/a_mask.png"], "x", nil, false),
    ] as [([String], String, String?, Bool)] {
      let error = #expect(throws: CommandError.self) {
        try plan(paths, out: out, overlay: overlay, isSingle: isSingle)
      }
      #expect(error?.code == .usage)
    }
  }

  @Test func backgroundsAreColorsOrPictures() throws {
    for (text, expected) in [
      ("#0a0B0c", [10, 11, 12]), ("White", [255, 255, 255]), ("green", [0, 255, 0]),
    ] as [(String, [UInt8])] {
      guard case .color(let red, let green, let blue) = try Background(text) else {
        Issue.record("\(text) is no colour")
        continue
      }
      #expect([red, green, blue] == expected)
    }
    guard case .blur = try Background("blur") else {
      Issue.record("blur is no blur")
      return
    }
    let folder = try TemporaryFolder()
    try folder.add("wall.bmp", bytes: TemporaryFolder.picture(width: 3))
    guard case .picture(let picture) = try Background(folder["wall.bmp"]) else {
      Issue.record("a picture is no background")
      return
    }
    #expect(picture.width == 3)
    try folder.add("text.jpg", bytes: Array("no picture".utf8))
    #expect(throws: CommandError.self) { try Background(folder["text.jpg"]) }
    for text in ["#12345", "#12345g", "nowhere.jpg", "purplish", folder.path] {
      let error = #expect(throws: CommandError.self) { try Background(text) }
      #expect(error?.code == .usage)
    }
  }
}
