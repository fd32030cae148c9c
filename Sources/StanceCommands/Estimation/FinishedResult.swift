import Foundation

/// Tells whether a picture's results are there already. They are whole if they are there at all,
/// as ``OutputFile`` sees to it.
struct FinishedResult {
  let plan: EstimationPlan
  let origin: ImageResult.Origin

  /// Whether there are results of this picture, not older than the picture itself, and, where the
  /// format tells, of these models.
  func exists(at index: Int) -> Bool {
    guard let path = plan.resultPath(at: index), let written = modificationDate(of: path) else {
      return false
    }
    if let overlay = plan.overlayPath(at: index), modificationDate(of: overlay) == nil {
      return false
    }
    let source = plan.sources[index].name
    if let taken = modificationDate(of: source), taken > written { return false }
    if plan.format == .coco {
      return COCOImageIDs.numbers(inFileAt: path)?.isSubset(of: [plan.imageIDs[index]]) == true
    }
    return describesSameWork(path: path, source: source)
  }

  private func describesSameWork(path: String, source: String) -> Bool {
    guard plan.format == .json || plan.format == .jsonl else { return true }
    guard let data = FileManager.default.contents(atPath: path),
      let written = try? JSONDecoder().decode(Written.self, from: data)
    else { return false }
    return written.source == source && written.model.matches(origin.model)
      && (written.partModels ?? [:]).count == origin.partModels.count
      && origin.partModels.allSatisfy { written.partModels?[$0.name]?.matches($0.model) == true }
  }

  private struct Written: Decodable {
    struct Model: Decodable {
      let sha256: String
      let profile: String

      func matches(_ model: ImageResult.Model) -> Bool {
        sha256 == model.sha256 && profile == model.profile
      }
    }

    enum CodingKeys: String, CodingKey {
      case source, model
      case partModels = "part_models"
    }

    let source: String
    let model: Model
    /// Nil where one part alone was looked for.
    let partModels: [String: Model]?
  }

  private func modificationDate(of path: String) -> Date? {
    try? FileManager.default.attributesOfItem(atPath: path)[.modificationDate] as? Date
  }
}
