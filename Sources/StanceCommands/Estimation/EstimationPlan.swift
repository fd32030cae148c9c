import StanceDrawing
import StancePose

/// What is estimated and where it goes.
struct EstimationPlan: Sendable {
  let sources: [InputSource]
  let isSinglePicture: Bool
  let format: ResultFormat
  let results: Destination
  /// Nil where no pictures are drawn; never standard output.
  let overlays: Destination?
  /// Whether pictures whose results are there are passed over.
  let resumes: Bool
  /// Names of the pictures' own files in folders.
  private let names: [String]

  /// - Throws: ``CommandError`` where the options contradict each other or the inputs.
  init(
    inputs: GatheredInputs, format: ResultFormat, results: Destination, overlays: Destination?,
    resumes: Bool
  ) throws {
    sources = inputs.sources
    isSinglePicture = inputs.isSinglePicture
    self.format = format
    self.results = results
    self.overlays = overlays
    self.resumes = resumes
    names = OutputNames.names(of: inputs.sources)
    try checkDestinations()
    try checkThatInputsStay()
  }

  /// The file of one picture's results; nil where they share a place with others.
  func resultPath(at index: Int) -> String? {
    results.path(of: format.fileName(for: names[index]))
  }

  func overlayPath(at index: Int) -> String? {
    overlays.flatMap { $0.file ?? $0.path(of: names[index] + ".png") }
  }

  var encoder: ResultEncoder {
    ResultEncoder(
      format: format, holdsSeveralPictures: !isSinglePicture && results.folder == nil,
      imageIDs: COCOText.imageIDs(of: sources.map(\.name)))
  }

  private func checkDestinations() throws {
    if !isSinglePicture, results.folder == nil, !format.holdsSeveralPictures {
      throw CommandError.usage(
        "OpenPose's format has a file for each picture: name a folder with --out, for instance "
          + "--out poses/")
    }
    if resumes, results.folder == nil {
      throw CommandError.usage(
        "--resume needs a file for each picture: name a folder with --out, for instance "
          + "--out poses/")
    }
    if let file = overlays?.file {
      guard isSinglePicture else {
        throw CommandError.usage(
          "\(file) is one file and there may be several pictures: name a folder with --overlay, "
            + "for instance --overlay overlays/")
      }
      do {
        _ = try DrawingFormat(path: file)
      } catch {
        throw CommandError.usage("\(error)")
      }
      if let other = results.file, InputGathering.canonical(other) == InputGathering.canonical(file)
      {
        throw CommandError.usage("--out and --overlay both name \(file)")
      }
    }
  }

  /// No picture is overwritten, and no overlay becomes a picture of the next run.
  private func checkThatInputsStay() throws {
    var pictures: [[UInt8]: String] = [:]
    for case .file(let path, let folder) in sources {
      pictures[InputGathering.canonical(path)] = path
      if let folder, let overlayFolder = overlays?.folder,
        InputGathering.canonical(folder) == InputGathering.canonical(overlayFolder)
      {
        throw CommandError.usage(
          "the overlays would lie among the pictures of \(folder); name another folder with "
            + "--overlay")
      }
    }
    var outputs = [results.file].compactMap { $0 }
    for index in sources.indices {
      outputs += [resultPath(at: index), overlayPath(at: index)].compactMap { $0 }
    }
    for output in outputs {
      if let picture = pictures[InputGathering.canonical(output)] {
        throw CommandError.usage(
          "\(picture) would be overwritten by a result; name another place")
      }
    }
  }
}
