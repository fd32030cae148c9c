import ArgumentParser
import StanceKit
import StancePose
import StanceRuntime

/// `stance estimate`: the people in pictures.
struct EstimateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "estimate",
    abstract: "Finds the people in pictures and their keypoints.",
    discussion: """
      Inputs are JPEG, PNG, BMP, WebP, GIF and TIFF files, folders of them, patterns in quotes, \
      and - for standard input. A picture that cannot be read is reported and passed over. \
      Positions are pixels of the image from its top-left corner. With a folder for --out (one \
      that exists, or a name with a slash at its end) each picture has a file of its own.

      Formats:
        table     for people to read; keypoints too where there is one picture
        json      an object for one picture, an array for a folder or several
        jsonl     an object a line
        csv       a line a keypoint that was found
        coco      COCO's keypoint results, 17 keypoints a person; other
                  skeletons are reduced to them by name. Image ids are the
                  numbers that end the files' names where each has one of its
                  own, else the pictures' places from 1
        openpose  OpenPose's file for each picture, BODY_25's keypoints: the
                  neck is the middle of the shoulders, MidHip that of the
                  hips, absent ones are 0,0,0

      Examples:
        stance estimate photo.jpg
        stance estimate photo.jpg --format json --out p.json --overlay p.png
        stance estimate photos --recursive --format json --out poses/ --resume
        stance estimate 'photos/*.jpg' --format coco --out results.json
        stance estimate photos --format csv --overlay overlays/ > poses.csv
        stance estimate group.jpg --model posenet.tflite --people 10
        curl -s https://example.org/photo.jpg | stance estimate - --format jsonl

      Exit codes: 0 done, 1 some inputs failed, 2 wrong usage, 3 no model. Finding nobody is no \
      error.
      """)

  @Argument(
    help: ArgumentHelp(
      "Pictures, folders, patterns, or - for standard input.", valueName: "input"),
    completion: .file())
  var inputs: [String]

  @Option(
    help: ArgumentHelp(
      "A model file, or the name of one in the model folder. (default: pose_landmark_full)"),
    completion: .file(extensions: ["tflite"]))
  var model: String?

  @Option(help: "The program whose decoding is followed, for instance tfjs for PoseNet.")
  var profile: String?

  @Option(help: FloatPrecision.help)
  var precision: FloatPrecision = .float32

  @Option(help: ArgumentHelp("The most people to find in a picture.", valueName: "number"))
  var people: Int?

  @Option(help: ArgumentHelp("The least score of a person, 0 to 1.", valueName: "score"))
  var minScore: Double?

  @Option(help: "How results are written.")
  var format: ResultFormat = .table

  @Option(
    help: ArgumentHelp(
      "A file for the results, or a folder for one each. (default: standard output)",
      valueName: "file|folder"),
    completion: .file())
  var out: String?

  @Option(
    help: ArgumentHelp(
      "Draw the people: a .png, .svg or .pdf file, or a folder for a PNG each.",
      valueName: "file|folder"),
    completion: .file())
  var overlay: String?

  @Option(
    help: ArgumentHelp(
      "Threads, at most two a processor core. (default: one a core)",
      discussion: """
        Several pictures are worked on at once, by a thread each; a single one by all threads \
        together. Results are the same for any number.
        """,
      valueName: "number"))
  var threads: Int?

  @Flag(help: "Look in folders below folders too; links to folders are not followed.")
  var recursive = false

  @Flag(
    help: ArgumentHelp(
      "Pass over pictures whose results are in the folder of --out and not older than the picture.",
      discussion: """
        Results in json and jsonl must also name the same picture, model file and profile. With \
        --overlay, its picture must be there too. Other options, such as --people and \
        --min-score, are not compared: name another folder after a change of them.
        """))
  var resume = false

  @Flag(help: "Print no progress and no summary; failures are printed all the same.")
  var quiet = false

  func validate() throws {
    if let people, people < 1 {
      throw ValidationError("--people is \(people); it must be 1 or more")
    }
    if let minScore, !(0...1).contains(minScore) {
      throw ValidationError("--min-score is \(minScore); it must be from 0 to 1")
    }
    if let threads, threads < 1 {
      throw ValidationError("--threads is \(threads); it must be 1 or more")
    }
    if let empty = [out, overlay, model].first(where: { $0 == "" }), empty != nil {
      throw ValidationError("--out, --overlay and --model cannot be empty")
    }
  }

  func run() async throws {
    TemporaryFiles.shared.removeOnInterrupt()
    let plan = try makePlan()
    let options = PoseModel.Options(
      profile: profile, maximumPeople: people, minimumScore: minScore,
      precision: precision)
    let poseModel = try PoseModel(model: model, options: options)
    if !quiet { try precision.warnWhereSlow() }
    let division = Estimation.division(
      ofThreads: threads, cores: Processors.count, pictures: plan.sources.count)
    let estimation = Estimation(plan: plan, workerCount: division.workers, isQuiet: quiet)
    let summary = try await estimation.run {
      let estimator = try poseModel.makeEstimator(threads: division.threadsEach)
      return PictureWorker(
        plan: plan, model: ImageResult.Model(poseModel.identity), skeleton: poseModel.skeleton,
        usefulSide: poseModel.usefulSide
      ) { image in
        try estimator.poses(
          in: image.pixels, imageSize: ImageSize(width: image.width, height: image.height),
          reduction: image.reduction)
      }
    }
    report(summary, of: plan)
    if summary.failed > 0 { throw ExitStatus.failed }
  }

  private func makePlan() throws -> EstimationPlan {
    let results = out.map(Destination.init) ?? .standardOutput
    let overlays = overlay.map(Destination.init)
    let gathering = InputGathering(
      isRecursive: recursive,
      excludedFolders: [results.folder, overlays?.folder].compactMap { $0 })
    return try EstimationPlan(
      inputs: gathering.gather(inputs), format: format, results: results, overlays: overlays,
      resumes: resume)
  }

  private func report(_ summary: Estimation.Summary, of plan: EstimationPlan) {
    let total = summary.finished + summary.skipped + summary.failed
    if summary.failed > 0, total > 1 {
      Console.writeError("stance: \(summary.failed) of \(total) inputs failed\n")
    }
    guard !quiet, summary.finished + summary.skipped > 0 else { return }
    var places = [plan.results, plan.overlays].compactMap { $0.flatMap { $0.file ?? $0.folder } }
    if places.count == 2, places[0] == places[1] { places.removeLast() }
    guard !places.isEmpty else { return }
    let people = summary.people == 1 ? "1 person" : "\(summary.people) people"
    let pictures = summary.finished == 1 ? "1 picture" : "\(summary.finished) pictures"
    let skipped = summary.skipped > 0 ? ", \(summary.skipped) were done before" : ""
    Console.writeError(
      "\(people) in \(pictures)\(skipped); see \(printable(places.joined(separator: ", ")))\n")
  }
}
