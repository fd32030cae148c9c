import Foundation
import StancePose
import StanceTestSupport
import Testing

@testable import StanceCommands

/// Whole runs on small pictures, with an estimator that finds one person as wide as the picture.
@Suite struct EstimationTests {
  private struct Failure: Error {}

  private func run(
    _ arguments: [String], format: ResultFormat = .jsonl, results: Destination,
    overlays: Destination? = nil, resumes: Bool = false, workers: Int = 1,
    origin: ImageResult.Origin = ImageResult.Origin(
      parts: .body, model: Samples.model, skeleton: .coco17),
    estimate: (@Sendable (Int) throws -> [Pose])? = nil
  ) async throws -> Estimation.Summary {
    let plan = try EstimationPlan(
      inputs: InputGathering(isRecursive: true).gather(arguments), format: format,
      results: results, overlays: overlays, resumes: resumes)
    let estimation = Estimation(plan: plan, workerCount: workers, isQuiet: true)
    return try await estimation.run {
      PictureWorker(
        plan: plan, origin: origin, usefulSide: nil, needsWholePicture: false
      ) { image, _ in
        let poses =
          try estimate?(image.width) ?? [Samples.pose(.coco17, from: Double(image.width))]
        return poses.map { Person(body: $0) }
      }
    }
  }

  private func folder(of count: Int) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    for index in 0..<count {
      try folder.add("p/\(100 + index).bmp", bytes: TemporaryFolder.picture(width: 2 + index))
    }
    return folder
  }

  @Test(arguments: [1, 2, 7])
  func resultsAreTheSameWhateverTheNumberOfWorkers(workers: Int) async throws {
    let folder = try folder(of: 30)
    let summary = try await run(
      [folder["p"]], results: .file(folder["out.jsonl"]), workers: workers
    ) { width in
      if width % 3 == 0 { usleep(3000) }
      return [Samples.pose(.coco17, from: Double(width))]
    }
    #expect(summary == Estimation.Summary(finished: 30, skipped: 0, failed: 0, people: 30))
    let lines = try folder.text("out.jsonl").split(separator: "\n")
    #expect(lines.count == 30)
    for (index, line) in lines.enumerated() {
      #expect(line.contains("/\(100 + index).bmp\",\"width\":\(2 + index),"))
    }
  }

  @Test(arguments: [(nil, 4, 4), (100, 4, 8), (3, 4, 3), (8, 1, 2), (nil, 0, 1)])
  func thereAreAtMostTwoThreadsACore(asked: Int?, cores: Int, count: Int) {
    let many = Estimation.division(ofThreads: asked, cores: cores, pictures: 100)
    #expect(many == (workers: count, threadsEach: 1))
    let one = Estimation.division(ofThreads: asked, cores: cores, pictures: 1)
    #expect(one == (workers: 1, threadsEach: count))
  }

  @Test(arguments: [(8, 2, 2, 4), (8, 3, 3, 2), (4, 3, 3, 1), (2, 0, 1, 2)])
  func fewPicturesHaveSeveralThreads(threads: Int, pictures: Int, workers: Int, each: Int) {
    let division = Estimation.division(ofThreads: threads, cores: 8, pictures: pictures)
    #expect(division == (workers: workers, threadsEach: each))
  }

  @Test func aBadPictureIsPassedOver() async throws {
    let folder = try folder(of: 3)
    try folder.add("p/101.bmp", bytes: Array("no picture".utf8))
    let summary = try await run([folder["p"]], format: .json, results: .file(folder["out.json"]))
    #expect(summary == Estimation.Summary(finished: 2, skipped: 0, failed: 1, people: 2))
    let parsed = try JSONSerialization.jsonObject(with: Data(folder.text("out.json").utf8))
    #expect((parsed as? [Any])?.count == 2)
    #expect(folder.contents == ["out.json", "p", "p/100.bmp", "p/101.bmp", "p/102.bmp"])
  }

  @Test func aSinglePictureThatFailsLeavesNoFile() async throws {
    let folder = try TemporaryFolder()
    try folder.add("a.jpg")
    let summary = try await run(
      [folder["a.jpg"]], format: .json, results: .file(folder["out.json"]),
      overlays: .file(folder["out.png"]))
    #expect(summary.failed == 1)
    #expect(folder.contents == ["a.jpg"])
  }

  @Test func eachPictureHasItsFilesInFolders() async throws {
    let folder = try folder(of: 2)
    let summary = try await run(
      [folder["p"]], format: .openpose, results: .folder(folder["out/deep/"]),
      overlays: .folder(folder["drawn"]))
    #expect(summary.finished == 2)
    #expect(
      folder.contents.filter { $0.contains(".") && !$0.hasPrefix("p/") }
        == [
          "drawn/100.png", "drawn/101.png", "out/deep/100_keypoints.json",
          "out/deep/101_keypoints.json",
        ])
    let png = try Data(contentsOf: URL(fileURLWithPath: folder["drawn/100.png"]))
    #expect(png.starts(with: [0x89, 0x50, 0x4E, 0x47]))
  }

  @Test func finishedPicturesAreSkipped() async throws {
    let folder = try folder(of: 4)
    let results = Destination.folder(folder["out/"])
    let first = try await run([folder["p"]], format: .json, results: results, resumes: true) {
      if $0 > 3 { throw Failure() }
      return []
    }
    #expect(first == Estimation.Summary(finished: 2, skipped: 0, failed: 2, people: 0))
    let second = try await run([folder["p"]], format: .json, results: results, resumes: true)
    #expect(second == Estimation.Summary(finished: 2, skipped: 2, failed: 0, people: 2))
    // A result of another picture, or one older than its picture, does not count.
    try Data(folder.text("out/101.json").utf8).write(
      to: URL(fileURLWithPath: folder["out/100.json"]))
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSince1970: 1000)], ofItemAtPath: folder["out/103.json"])
    let third = try await run([folder["p"]], format: .json, results: results, resumes: true)
    #expect(third == Estimation.Summary(finished: 2, skipped: 2, failed: 0, people: 2))
    let fourth = try await run([folder["p"]], format: .json, results: results, resumes: true)
    #expect(fourth.skipped == 4)
  }

  @Test func numbersOfPicturesStayWhereMoreCome() async throws {
    let folder = try TemporaryFolder()
    try folder.add("p/b.bmp", bytes: TemporaryFolder.picture(width: 3))
    let results = Destination.folder(folder["out/"])
    func run() async throws -> Int {
      try await self.run([folder["p"]], format: .coco, results: results, resumes: true).skipped
    }
    func number(_ name: String) throws -> Set<Int>? {
      COCOImageIDs.numbers(inFileAt: folder["out/\(name).json"])
    }
    #expect(try await run() == 0)
    #expect(try number("b") == [1])
    for name in ["a", "c"] {
      try folder.add("p/\(name).bmp", bytes: TemporaryFolder.picture(width: 3))
    }
    #expect(try await run() == 1)
    #expect(try [number("a"), number("b"), number("c")] == [[2], [1], [3]])
    #expect(try await run() == 3)
    // Results with the number of another picture are made anew.
    try Data(folder.text("out/a.json").utf8).write(to: URL(fileURLWithPath: folder["out/b.json"]))
    #expect(try await run() == 2)
    #expect(try [number("a"), number("b"), number("c")] == [[2], [4], [3]])
  }

  @Test func foldersAreMadeForResultsAlone() async throws {
    let folder = try TemporaryFolder()
    try folder.add("a.jpg")
    let summary = try await run(
      [folder["a.jpg"], folder["none.jpg"]], results: .folder(folder["out/"]),
      overlays: .folder(folder["drawn/"]))
    #expect(summary.failed == 2)
    #expect(folder.contents == ["a.jpg"])
  }

  @Test func resultsOfOtherPartsDoNotCount() async throws {
    let folder = try folder(of: 2)
    let results = Destination.folder(folder["out/"])
    let whole = ImageResult.Origin(
      parts: [.body, .face], model: Samples.model,
      partModels: [ImageResult.PartModel(name: "face", model: Samples.model)], skeleton: .coco17)
    for (origin, skipped) in [(nil, 0), (nil, 2), (whole, 0), (whole, 2), (nil, 0)] {
      let body = ImageResult.Origin(parts: .body, model: Samples.model, skeleton: .coco17)
      let summary = try await run(
        [folder["p"]], format: .json, results: results, resumes: true, origin: origin ?? body)
      #expect(summary.skipped == skipped)
    }
  }

  @Test func aPlaceThatCannotBeWrittenEndsTheRun() async throws {
    let folder = try folder(of: 3)
    try folder.add("file")
    for results in [Destination.file(folder["none/out.json"]), .folder(folder["file/out/"])] {
      let error = await #expect(throws: CommandError.self) {
        try await run([folder["p"]], results: results)
      }
      #expect(error?.code == .failed)
    }
  }
}
