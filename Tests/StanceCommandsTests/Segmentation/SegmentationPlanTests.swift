import StanceImaging
import StanceTestSupport
import Testing

@testable import StanceCommands

@Suite struct SegmentationPlanTests {
  private func plan(
    _ paths: [String], in folder: String? = nil, out: String = "masks", overlay: String? = nil,
    isSingle: Bool = true, products: SegmentationPlan.Products = []
  ) throws -> SegmentationPlan {
    try SegmentationPlan(
      inputs: GatheredInputs(
        sources: paths.map { .file(path: $0, folder: folder) }, isSinglePicture: isSingle),
      products: products, background: nil, folder: out, overlays: overlay.map(Destination.init))
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

  @Test func noResultLiesOverAnother() throws {
    func expectUsage(_ part: String, _ make: () throws -> SegmentationPlan) {
      let error = #expect(throws: CommandError.self) { try make() }
      #expect(error?.code == .usage)
      #expect(error?.description.contains(part) == true, "\(String(describing: error))")
    }
    expectUsage("both name s/m/a_mask.png") {
      try plan(["a.jpg"], out: "s/m", overlay: "s/m/a_mask.png")
    }
    expectUsage("both name") {
      try plan(["a.jpg", "a_mask.jpg"], out: "s", overlay: "./s/", isSingle: false)
    }
    expectUsage("both name") {
      try plan(["a.jpg"], out: "s", overlay: "s/a_cutout.png", products: .cutOut)
    }
    expectUsage("a person's mask") {
      try plan(["a.jpg"], out: "s", overlay: "s/a_person3.png", products: .instances)
    }
    expectUsage("a person's mask") {
      try plan(["a.jpg", "s/a_person1.png"], out: "s", products: .instances)
    }
    expectUsage("among the pictures") {
      try plan(["p/a.jpg"], in: "p", overlay: "./p/", isSingle: false)
    }
    // What is not made is in nobody's way.
    _ = try plan(["a.jpg"], out: "s", overlay: "s/a_cutout.png")
    _ = try plan(["a.jpg"], out: "s", overlay: "s/a_person3.png")
    _ = try plan(["a.jpg"], out: "s", overlay: "other/a_person3.png", products: .instances)
  }

  @Test func resultsOfAnEarlierRunArePassedOver() throws {
    let folder = try TemporaryFolder()
    try folder.add(
      "a.jpg", "a_mask.png", "a_parts.png", "a_parts_colors.png", "a_cutout.png", "a_picture.png",
      "a_person1.png", "a_person12.png", "a_mask_mask.png", "b_mask.png", "a_person.png",
      "a_masks.png", "a_mask.jpg", "c.png", "sub/d.jpg", "sub/d_mask.png", "d_mask.png")
    func kept(_ arguments: [String], out: String) -> [String] {
      var inputs = InputGathering(isRecursive: true).gather(arguments.map { folder[$0] })
      let count = inputs.sources.count
      let removed = inputs.removeResults(in: folder[out])
      #expect(removed.count + inputs.sources.count == count)
      return inputs.sources.map { String($0.name.dropFirst(folder.path.count + 1)) }
    }
    let all = ["a.jpg", "a_mask.jpg", "a_masks.png", "a_person.png", "b_mask.png", "c.png"]
    #expect(
      kept([""], out: ".").map { $0.drop { $0 == "/" } }.map(String.init).sorted()
        == (all + ["sub/d.jpg", "sub/d_mask.png"]))
    #expect(kept(["a.jpg", "a_mask.png"], out: ".") == ["a.jpg", "a_mask.png"])
    #expect(kept(["sub"], out: ".") == ["sub/d.jpg", "sub/d_mask.png"])
    #expect(kept(["sub"], out: "sub/") == ["sub/d.jpg"])
    #expect(kept(["sub", "none.jpg"], out: "sub") == ["sub/d.jpg", "none.jpg"])
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
