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
  /// COCO's number of each picture; empty for other formats.
  let imageIDs: [Int]

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
    if format == .coco {
      var earlier = COCOImageIDs.Earlier()
      if resumes, let folder = results.folder {
        earlier = COCOImageIDs.Earlier(
          in: folder, paths: names.compactMap { results.path(of: format.fileName(for: $0)) })
      }
      imageIDs = COCOImageIDs.numbers(of: sources, earlier: earlier)
    } else {
      imageIDs = []
    }
    try checkDestinations()
    try checkThatResultsHavePlaces()
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
      imageIDs: imageIDs)
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
    }
  }

  private func checkThatResultsHavePlaces() throws {
    var outputs = OutputPlaces(sources: sources)
    try outputs.checkOverlays(in: overlays?.folder)
    if let file = results.file { try outputs.add(file) }
    for index in sources.indices {
      for path in [resultPath(at: index), overlayPath(at: index)].compactMap({ $0 }) {
        try outputs.add(path)
      }
    }
  }
}
