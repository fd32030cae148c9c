import StanceDrawing
import StanceImaging
import StanceMedia
import StancePose

/// What became of one picture.
enum PictureOutcome: Sendable {
  /// - text: for the place that pictures share; empty where each has a file of its own.
  case finished(text: String, peopleCount: Int)
  /// Its results were there.
  case skipped
  /// Why there are none; names the picture.
  case failed(String)
  /// A result cannot be written, so that it makes no sense to go on.
  case aborted(CommandError)
}

/// Works on one picture at a time: reads it, finds people, draws them, writes what is its own.
struct PictureWorker {
  /// The people in a picture, in the whole image's pixels. The whole one is there where that was asked
  /// for and the first is smaller.
  typealias Estimate = (_ image: DecodedImage, _ whole: DecodedImage?) throws -> [Person]

  let plan: EstimationPlan
  let origin: ImageResult.Origin
  /// A picture need not be decoded larger than this to find people.
  let usefulSide: Int?
  let needsWholePicture: Bool
  let estimate: Estimate

  func work(at index: Int) -> PictureOutcome {
    let source = plan.sources[index]
    do {
      if case .missing(let name, let reason) = source { return .failed("\(name): \(reason)") }
      if plan.resumes, FinishedResult(plan: plan, origin: origin).exists(at: index) {
        return .skipped
      }
      let file = try PictureFile(path: source.name)
      let image = try file.decoded(atLeast: usefulSide)
      let needsWhole = needsWholePicture || plan.overlays != nil
      let whole = needsWhole && image.reduction != 1 ? try file.decoded() : nil
      let result = ImageResult(
        source: source.name, width: image.width, height: image.height, origin: origin,
        people: try estimate(image, needsWholePicture ? whole : nil))
      // The overlay first: a picture counts as finished by its results.
      try drawOverlay(of: result, on: whole ?? image, at: index)
      return try finish(result, at: index)
    } catch let error as CommandError {
      return .aborted(error)
    } catch {
      let message = "\(error)"
      return .failed(message.hasPrefix(source.name) ? message : "\(source.name): \(message)")
    }
  }

  private func finish(_ result: ImageResult, at index: Int) throws -> PictureOutcome {
    let encoder = plan.encoder
    var text = encoder.text(of: result, at: index)
    if let path = plan.resultPath(at: index) {
      try plan.results.prepare()
      let whole = encoder.beginning + text + encoder.ending(isEmpty: text.isEmpty)
      try OutputFile.write(Array(whole.utf8), to: path)
      text = ""
    }
    return .finished(text: text, peopleCount: result.people.count)
  }

  private func drawOverlay(of result: ImageResult, on image: DecodedImage, at index: Int) throws {
    guard let path = plan.overlayPath(at: index) else { return }
    let overlay = PoseOverlay(
      picture: image.pixels, people: result.people, imageSize: (image.width, image.height))
    try plan.overlays?.prepare()
    try OutputFile.write(try overlay.encoded(as: try DrawingFormat(path: path)), to: path)
  }
}
