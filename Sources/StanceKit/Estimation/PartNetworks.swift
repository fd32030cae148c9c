import StanceGraph
import StancePose
import StanceTensors

/// The two networks that find a part of people: one tells where to look, the other gives its points.
struct PartNetworks: Sendable {
  /// Of the model that gives the points.
  let identity: PoseModel.Identity
  let threshold: Double
  private let landmarks: PictureNetwork
  private let search: PictureNetwork

  /// - Parameters:
  ///   - family: what the networks find, `hands` or `face`.
  ///   - file: of the model folder, the model that gives the points.
  ///   - name: what that has to be, for messages.
  ///   - threshold: the least score of the part, 0...1.
  ///   - isSuch: tells that from the shapes of the outputs.
  /// - Throws: ``KitError`` where the file is missing or another model.
  init(
    family: String, landmarks file: String, name: String, search: PictureNetwork,
    threshold: Double, precision: FloatPrecision, where isSuch: ([Shape]) -> Bool
  ) throws {
    let model = try ModelFile(path: try Self.path(file, for: family))
    identity = PoseModel.Identity(
      name: model.name, sha256: model.sha256, family: family, profile: "mediapipe")
    landmarks = try PictureNetwork(
      path: model.path, name: name, precision: precision, where: isSuch)
    self.search = search
    self.threshold = threshold
  }

  /// A file of the model folder.
  static func path(_ file: String, for family: String) throws -> String {
    try ModelFolder.companion(file, of: nil, neededFor: "the part \(family)")
  }

  var all: [Network] { [landmarks.network, search.network] }

  func makeRunners(threads: Int) throws -> Runners {
    Runners(
      landmarks: try landmarks.makeRunner(threads: threads),
      search: try search.makeRunner(threads: threads), threshold: threshold)
  }

  /// For one task at a time.
  struct Runners {
    let landmarks: PictureNetwork.Runner
    let search: PictureNetwork.Runner
    let threshold: Double

    /// What the search network, a detector, finds in outputs of its own.
    func detections(
      _ kind: DetectionDecoder.Kind, in outputs: PictureNetwork.Outputs
    ) throws -> [Detection] {
      try DetectionDecoder(kind, scoreThreshold: DetectionDecoder.searchThreshold(for: threshold))
        .decode(outputs: outputs.tensors, inputSize: search.inputSize)
    }
  }
}
