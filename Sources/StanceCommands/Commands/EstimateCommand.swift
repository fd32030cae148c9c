import ArgumentParser
import StanceKit
import StancePose

/// `stance estimate`: the people in pictures.
struct EstimateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "estimate",
    abstract: "Finds the people in pictures and their keypoints.",
    discussion: """
      Inputs are JPEG, PNG, BMP, WebP, GIF and TIFF files, folders of them, patterns in quotes, \
      and - for standard input. Patterns know *, ? and [a-z] in each part of a path, but neither \
      ** nor {a,b}; --recursive looks below folders. A picture that cannot be read is reported \
      and passed over. Positions are pixels of the image from its top-left corner.

      With a folder for --out (one that exists, or a name with a slash at its end) each picture \
      has a file of its own, named after it. Where names are the same, the folder's goes before \
      (x_a.json, y_a.json), then the ending after (x_a_jpg.json, x_a_png.json), then a number.

      Formats:
        table     for people to read; keypoints too where there is one picture,
                  but a face's 468
        json      an object for one picture, an array for a folder or several
        jsonl     an object a line
        csv       a line a keypoint that was found
        coco      COCO's keypoint results, 17 keypoints a person; other
                  skeletons are reduced to them by name. Image ids are the
                  numbers that end the files' names where each has one of its
                  own, else the pictures' places from 1; with --resume those
                  in the folder stay, and new ones follow the largest
        openpose  OpenPose's file for each picture, BODY_25's keypoints: the
                  neck is the middle of the shoulders, MidHip that of the
                  hips, absent ones are 0,0,0; hands, but no faces

      Examples:
        stance estimate photo.jpg
        stance estimate photo.jpg --format json --out p.json --overlay p.png
        stance estimate photos --recursive --format json --out poses/ --resume
        stance estimate 'photos/*.jpg' --format coco --out results.json
        stance estimate photos --format csv --overlay overlays/ > poses.csv
        stance estimate photo.jpg --parts body,hands,face --overlay all.png
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

  @OptionGroup var modelArguments: ModelArguments

  @Option(
    help: ArgumentHelp(
      "What is looked for: body, hands, face, or several with commas between.",
      discussion: """
        With the body, hands and faces are looked for at each body and belong to its person. \
        Without it they are looked for in the whole picture, and each is a record of its own, \
        which --people and --min-score then count and measure.
        """,
      valueName: "parts"))
  var parts = "body"

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

  @OptionGroup var batch: BatchArguments

  @Flag(
    help: ArgumentHelp(
      "Pass over pictures whose results are in the folder of --out and not older than the picture.",
      discussion: """
        For every format --out is a folder then, with a file for each picture, csv and jsonl too: \
        one file for all is written anew each time. Results in json and jsonl must also name the \
        same picture, model file and profile; other formats do not hold them. With --overlay, its \
        picture must be there too. Other options, such as --people and --min-score, are not \
        compared: name another folder after a change of them.
        """))
  var resume = false

  func validate() throws {
    if [out, overlay].contains("") {
      throw ValidationError("--out and --overlay cannot be empty")
    }
    let parts = try Person.Parts(argument: parts)
    guard !parts.contains(.body) else { return }
    if modelArguments.model != nil || modelArguments.profile != nil {
      throw ValidationError(
        "--model and --profile are those of bodies: add body to --parts, or leave them out")
    }
    if format == .coco {
      throw ValidationError("COCO's results hold bodies: add body to --parts")
    }
  }

  func run() async throws {
    TemporaryFiles.shared.removeOnInterrupt()
    let plan = try makePlan()
    let personModel = try PersonModel(
      parts: try Person.Parts(argument: parts), model: modelArguments.model,
      options: modelArguments.options)
    let origin = try ImageResult.Origin(personModel)
    if !batch.quiet { try modelArguments.precision.warnWhereSlow() }
    let division = batch.division(pictures: plan.sources.count)
    let estimation = Estimation(
      plan: plan, workerCount: division.workers, isQuiet: batch.quiet)
    let summary = try await estimation.run {
      let estimator = try personModel.makeEstimator(threads: division.threadsEach)
      return PictureWorker(
        plan: plan, origin: origin, usefulSide: personModel.usefulSide,
        needsWholePicture: personModel.needsWholePicture
      ) { image, whole in
        try estimator.people(
          in: (whole ?? image).pixels, bodiesIn: (image.pixels, image.reduction),
          imageSize: ImageSize(width: image.width, height: image.height),
          reduction: (whole ?? image).reduction)
      }
    }
    var places = [plan.results, plan.overlays].compactMap { $0.flatMap { $0.file ?? $0.folder } }
    if places.count == 2, places[0] == places[1] { places.removeLast() }
    summary.report(places: places, isQuiet: batch.quiet, parts: origin.parts)
    if summary.failed > 0 { throw ExitStatus.failed }
  }

  private func makePlan() throws -> EstimationPlan {
    let results = out.map(Destination.init) ?? .standardOutput
    let overlays = overlay.map(Destination.init)
    let gathering = InputGathering(
      isRecursive: batch.recursive,
      excludedFolders: [results.folder, overlays?.folder].compactMap { $0 })
    return try EstimationPlan(
      inputs: gathering.gather(inputs), format: format, results: results, overlays: overlays,
      resumes: resume)
  }
}
