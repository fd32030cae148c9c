import ArgumentParser
import StanceImaging
import StanceKit
import StancePose

/// `stance segment`: which parts of pictures show people.
struct SegmentCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "segment",
    abstract: "Finds which parts of pictures show people.",
    discussion: """
      Inputs are those of `stance estimate`, and so are the names that files get. What an \
      earlier run has written to the folder of --out is passed over where it is found in a \
      folder. For each picture NAME the folder of --out gets PNG files of the picture's size:

        NAME_mask.png          people white, all else black, one channel
        NAME_parts.png         with --parts: 0 where nobody is, else 1 to 24
        NAME_parts_colors.png  with --parts: the same in colours
        NAME_person1.png ...   with --instances: a mask for each person
        NAME_cutout.png        with --cut-out: the people, transparent around
        NAME_picture.png       with --background and --blur-faces

      BlazePose tells people apart, BodyPix their parts too; PoseNet files with an output of \
      segments give the one mask.

      Examples:
        stance segment photo.jpg
        stance segment photos --out masks --instances --overlay overlays/
        stance segment group.jpg --model bodypix.tflite --parts --overlay p.png
        stance segment photo.jpg --background blur
        stance segment photo.jpg --background '#00ff00' --cut-out
        stance segment photo.jpg --background beach.jpg --blur-faces

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
      "How sure the model must be of a place, 0 to 1. (default: 0.7, BlazePose 0.5)",
      valueName: "probability"))
  var threshold: Double?

  @Flag(help: "Write the 24 parts of the body; the overlay shows them.")
  var parts = false

  @Flag(help: "Write a mask for each person.")
  var instances = false

  @Flag(help: "Write the people alone.")
  var cutOut = false

  @Option(
    help: ArgumentHelp(
      "Put people before something else: blur, a colour such as #00ff00 or white, or a picture.",
      valueName: "blur|colour|image"))
  var background: String?

  @Flag(help: "Blur faces.")
  var blurFaces = false

  @Option(
    help: ArgumentHelp("The folder for the files; made if it does not exist.", valueName: "folder"),
    completion: .directory)
  var out = "."

  @Option(
    help: ArgumentHelp(
      "Draw the masks over the pictures: a .png file, or a folder.", valueName: "file|folder"),
    completion: .file())
  var overlay: String?

  @OptionGroup var batch: BatchArguments

  func validate() throws {
    if let threshold, !(0...1).contains(threshold) {
      throw ValidationError("--threshold is \(threshold); it must be from 0 to 1")
    }
    if [out, overlay, background].contains("") {
      throw ValidationError("--out, --overlay and --background cannot be empty")
    }
  }

  func run() async throws {
    TemporaryFiles.shared.removeOnInterrupt()
    let plan = try makePlan()
    var options = modelArguments.options
    options.maskThreshold = threshold
    let poseModel = try PoseModel(model: modelArguments.model, options: options)
    try check(poseModel)
    if !batch.quiet { try options.precision.warnWhereSlow() }
    let division = batch.division(pictures: plan.sources.count)
    let pictures = PictureBatch(
      pictureCount: plan.sources.count, workerCount: division.workers, isQuiet: batch.quiet)
    let isQuiet = batch.quiet
    let summary = try await pictures.run(
      makeWorker: {
        let estimator = try poseModel.makeEstimator(threads: division.threadsEach)
        let worker = SegmentationWorker(plan: plan, usefulSide: poseModel.usefulSide) { image in
          try estimator.segmentation(
            of: image.pixels, imageSize: ImageSize(width: image.width, height: image.height),
            reduction: image.reduction)
        }
        return { worker.work(at: $0) }
      },
      collect: { if !isQuiet { try Console.write($0) } })
    summary.report(
      places: [out] + (plan.overlays.flatMap { $0.file ?? $0.folder }.map { [$0] } ?? []),
      isQuiet: isQuiet)
    if summary.failed > 0 { throw ExitStatus.failed }
  }

  private func makePlan() throws -> SegmentationPlan {
    var products: SegmentationPlan.Products = []
    if parts { products.insert(.parts) }
    if instances { products.insert(.instances) }
    if cutOut { products.insert(.cutOut) }
    if blurFaces { products.insert(.blurredFaces) }
    let overlays = overlay.map(Destination.init)
    // The current folder, where files go unless told otherwise, may be the one to look in.
    let excluded = [out == "." ? nil : out, overlays?.folder].compactMap { $0 }
    let gathering = InputGathering(isRecursive: batch.recursive, excludedFolders: excluded)
    var gathered = gathering.gather(inputs)
    let passedOver = gathered.removeResults(in: out)
    if let first = passedOver.first, !batch.quiet {
      let count = passedOver.count
      Console.writeError(
        "stance: passed over \(count == 1 ? "1 result" : "\(count) results") of an earlier run, "
          + "\(printable(first))\(count == 1 ? "" : " and others"); a file that is named itself is "
          + "never passed over\n")
    }
    return try SegmentationPlan(
      inputs: gathered, products: products,
      background: background.map { try Background($0) }, folder: out, overlays: overlays)
  }

  private func check(_ model: PoseModel) throws {
    let name = model.identity.name
    guard model.masks.contains(.people) else {
      throw CommandError.usage(
        "\(name) gives no masks of people; BlazePose and BodyPix do, and PoseNet files with an "
          + "output of segments")
    }
    if parts, !model.masks.contains(.parts) {
      throw CommandError.usage("--parts: \(name) does not know the parts of the body; BodyPix does")
    }
    if instances, !model.masks.contains(.instances) {
      throw CommandError.usage(
        "--instances: \(name) cannot tell people apart; BodyPix and BlazePose do")
    }
  }
}
