import StanceDrawing
import StanceImaging
import StanceKit
import StanceMedia
import StancePose

/// Works on one picture at a time: reads it, finds people's masks, writes what is made of them.
struct SegmentationWorker {
  /// Which parts of a picture show people, in the whole image's pixels.
  typealias Segment = (DecodedImage) throws -> Segmentation

  let plan: SegmentationPlan
  /// The picture need not be decoded larger than this to find people.
  let usefulSide: Int?
  let segment: Segment

  func work(at index: Int) -> PictureOutcome {
    let source = plan.sources[index]
    do {
      if case .missing(let name, let reason) = source { return .failed("\(name): \(reason)") }
      let file = try PictureFile(path: source.name)
      let image = try file.decoded(atLeast: usefulSide)
      let segmentation = try segment(image)
      let picture = image.reduction == 1 ? image.pixels : try file.decoded().pixels
      let mask = try segmentation.personMask()
      try write(try mask.pngBytes(), "mask", at: index)
      try writeProducts(of: segmentation, picture, mask, at: index)
      try drawOverlay(of: segmentation, on: picture, mask, at: index)
      return .finished(
        text: line(of: source.name, segmentation, mask), peopleCount: segmentation.poses.count)
    } catch let error as CommandError {
      return .aborted(error)
    } catch {
      let message = "\(error)"
      return .failed(message.hasPrefix(source.name) ? message : "\(source.name): \(message)")
    }
  }

  private func line(of name: String, _ segmentation: Segmentation, _ mask: Mask) -> String {
    let count = segmentation.poses.count
    let people = count == 0 ? "nobody found" : count == 1 ? "1 person" : "\(count) people"
    let share = DecimalText.aligned(100 * mask.share, decimals: 1)
    return "\(printable(name))  \(mask.width) x \(mask.height) pixels  \(people)  "
      + "\(share) % of the picture\n"
  }

  private func writeProducts(
    of segmentation: Segmentation, _ picture: PixelBuffer, _ mask: Mask, at index: Int
  ) throws {
    if plan.products.contains(.parts) {
      let parts = try segmentation.partMap()
      try write(try parts.pngBytes(), "parts", at: index)
      try write(try parts.colored().pngBytes(), "parts_colors", at: index)
    }
    if plan.products.contains(.instances) {
      for person in segmentation.poses.indices {
        try write(
          try segmentation.instanceMask(of: person).pngBytes(), "person\(person + 1)", at: index)
      }
    }
    if plan.products.contains(.cutOut) {
      try write(try picture.pngBytes(cutOutBy: mask), "cutout", at: index)
    }
    guard plan.background != nil || plan.products.contains(.blurredFaces) else { return }
    var finished = picture
    if plan.products.contains(.blurredFaces) {
      finished = try finished.blurringFaces(of: segmentation)
    }
    if let background = plan.background {
      finished = try background.placed(behind: finished, inside: mask)
    }
    try write(try finished.pngBytes(), "picture", at: index)
  }

  private func write(_ bytes: [UInt8], _ product: String, at index: Int) throws {
    try OutputFolder.make(plan.folder)
    try OutputFile.write(bytes, to: plan.path(at: index, product))
  }

  private func drawOverlay(
    of segmentation: Segmentation, on picture: PixelBuffer, _ mask: Mask, at index: Int
  ) throws {
    guard let path = plan.overlayPath(at: index) else { return }
    var overlay = MaskOverlay(picture)
    if plan.products.contains(.parts) {
      try overlay.add(try segmentation.partMap())
    } else if segmentation.tellsPeopleApart {
      for person in segmentation.poses.indices {
        try overlay.add(try segmentation.instanceMask(of: person), person: person)
      }
    } else {
      try overlay.add(mask, person: 0)
    }
    try plan.overlays?.prepare()
    try OutputFile.write(try overlay.picture.pngBytes(), to: path)
  }
}
