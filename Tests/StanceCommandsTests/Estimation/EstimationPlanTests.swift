import StanceTestSupport
import Testing

@testable import StanceCommands

@Suite struct EstimationPlanTests {
  private func plan(
    _ paths: [String], folder: String? = nil, format: ResultFormat = .json,
    results: Destination = .standardOutput, overlays: Destination? = nil, resumes: Bool = false
  ) throws -> EstimationPlan {
    try EstimationPlan(
      inputs: GatheredInputs(
        sources: paths.map { .file(path: $0, folder: folder) },
        isSinglePicture: paths.count == 1 && folder == nil),
      format: format, results: results, overlays: overlays, resumes: resumes)
  }

  @Test func namesTheFilesOfEachPicture() throws {
    let plan = try plan(
      ["x/a.jpg", "y/a.jpg"], format: .openpose, results: .folder("out/"),
      overlays: .folder("drawn"))
    #expect(plan.resultPath(at: 0) == "out/x_a_keypoints.json")
    #expect(plan.overlayPath(at: 1) == "drawn/y_a.png")
    #expect(!plan.encoder.holdsSeveralPictures)
  }

  @Test func severalPicturesShareOneText() throws {
    #expect(try plan(["a.jpg", "b.jpg"]).encoder.holdsSeveralPictures)
    #expect(try plan(["p/a.jpg"], folder: "p").encoder.holdsSeveralPictures)
    #expect(try !plan(["a.jpg"]).encoder.holdsSeveralPictures)
  }

  @Test func contradictionsAreWrongUsage() {
    func expectUsage(_ part: String, _ make: () throws -> EstimationPlan) {
      let error = #expect(throws: CommandError.self) { try make() }
      #expect(error?.code == .usage)
      #expect(error?.description.contains(part) == true, "\(String(describing: error))")
    }
    expectUsage("--out poses/") { try plan(["a.jpg", "b.jpg"], format: .openpose) }
    expectUsage("--resume") { try plan(["a.jpg"], results: .file("x.json"), resumes: true) }
    expectUsage("--overlay overlays/") { try plan(["a.jpg", "b.jpg"], overlays: .file("x.png")) }
    expectUsage(".png") { try plan(["a.jpg"], overlays: .file("x.jpg")) }
    expectUsage("both name") {
      try plan(["a.jpg"], results: .file("x.png"), overlays: .file("./x.png"))
    }
    expectUsage("both name ./o/a.png") {
      try plan(["a.jpg", "b.jpg"], results: .file("o/a.png"), overlays: .folder("./o/"))
    }
    expectUsage("overwritten") { try plan(["a.png"], overlays: .file("./a.png")) }
    expectUsage("overwritten") { try plan(["a.json"], results: .folder(".")) }
    expectUsage("among the pictures") {
      try plan(["p/a.jpg"], folder: "p", overlays: .folder("./p/"))
    }
  }

  @Test func foldersAreToldFromFiles() throws {
    let folder = try TemporaryFolder()
    #expect(Destination(path: folder.path) == .folder(folder.path))
    #expect(Destination(path: "new/") == .folder("new/"))
    #expect(Destination(path: "new") == .file("new"))
  }
}
