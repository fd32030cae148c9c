import Foundation
import StanceKit
import StanceTestSupport
import Testing

/// A model of the shared folder or of the model folder that this machine has.
struct ShippedModel: CustomTestStringConvertible {
  let path: String

  var testDescription: String { (path as NSString).lastPathComponent }

  static var all: [ShippedModel] {
    let folder = SharedData.path("models")
    let names = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
    let shared = names.filter { $0.hasSuffix(".tflite") }.sorted().map { "\(folder)/\($0)" }
    let fetched = [
      "pose_detection", "pose_landmark_full", "palm_detection_full", "hand_landmark_full",
      "hand_recrop", "face_detection_short_range", "face_landmark",
    ].compactMap {
      try? ModelFolder.file($0 + ".tflite")
    }
    return (shared + fetched).map { ShippedModel(path: $0) }
  }
}
