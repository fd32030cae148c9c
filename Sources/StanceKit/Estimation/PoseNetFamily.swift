import StanceGraph
import StanceImaging
import StancePose
import StanceRuntime
import StanceTensors

/// PoseNet on MobileNet: float, uint8 or int8, any input size and stride.
struct PoseNetFamily: PoseFamily {
  let name = "posenet"
  let profile: String
  let skeleton = Skeleton.coco17
  /// What TensorFlow.js's demonstration shows at the least; its library itself returns all, also the
  /// remains of people found already.
  static let defaultMinimumScore = 0.15

  private let network: Network
  private let input: PictureInput
  private let format: InputFormat
  private let preparation: Preparation
  private let parameters: PoseNetParameters
  private let maximumPeople: Int

  static func recognizes(_ graph: Graph) -> Bool {
    (try? PoseNetLayout(outputs: graph.outputs.map { (graph[$0].name, graph[$0].shape) })) != nil
  }

  init(file: ModelFile, _ network: Network, options: PoseModel.Options) throws {
    let graph = file.model.graph
    self.network = network
    input = try PictureInput(of: graph, path: file.path)
    format = try Self.format(of: input.elementType, path: file.path)
    let profile = try Self.profile(named: options.profile)
    self.profile = profile.rawValue
    preparation = Preparation(profile)
    var parameters = profile.parameters
    let layout = try PoseNetLayout(
      outputs: graph.outputs.map { (graph[$0].name, graph[$0].shape) })
    if layout.displacements == nil { parameters.people = .one }
    // The first pose that is found need not be the best one, so more are looked at than asked for.
    parameters.maxPoses = max(parameters.maxPoses, options.maximumPeople ?? 0)
    maximumPeople = options.maximumPeople ?? parameters.maxPoses
    parameters.minPoseScore =
      options.minimumScore ?? max(parameters.minPoseScore, Self.defaultMinimumScore)
    self.parameters = parameters
  }

  var usefulSide: Int { max(input.size.width, input.size.height) }

  func makeEstimator(threads: Int) throws -> any FamilyEstimator {
    Estimator(family: self, interpreter: try network.makeInterpreter(threads: threads))
  }

  /// How each program lays a picture into the input.
  private struct Preparation {
    let keepsProportions: Bool
    let interpolation: Interpolation

    init(_ profile: PoseNetProfile) {
      keepsProportions = profile == .tfjs
      interpolation = .bilinear(profile == .tfjs ? .corner : .half)
    }
  }

  private static func profile(named name: String?) throws -> PoseNetProfile {
    guard let name else { return .tfjs }
    guard let profile = PoseNetProfile(rawValue: name) else {
      let names = PoseNetProfile.allCases.map(\.rawValue).joined(separator: ", ")
      throw KitError(.invalidOption, "PoseNet has no profile \"\(name)\"; it has \(names)")
    }
    return profile
  }

  private static func format(of type: ElementType, path: String) throws -> InputFormat {
    switch type {
    case .float32: InputFormat(element: .float32, normalization: .signedUnit)
    case .uint8: InputFormat.bytes
    case .int8: InputFormat(element: .int8, normalization: .signedByte)
    default:
      throw KitError(
        .unusableModel,
        "\(path) takes \(type.rawValue) pictures; PoseNet's are float32, uint8 or int8")
    }
  }

  private final class Estimator: FamilyEstimator {
    private let family: PoseNetFamily
    private let interpreter: Interpreter

    init(family: PoseNetFamily, interpreter: Interpreter) {
      self.family = family
      self.interpreter = interpreter
    }

    func poses(in picture: PixelBuffer, of image: WholeImage) throws -> [Pose] {
      let input = try PixelSize(family.input.size)
      let placement: Placement =
        family.preparation.keepsProportions
        ? try .letterboxed(image: picture.size, to: input)
        : try .stretched(image: picture.size, to: input)
      let tensor = try picture.tensor(
        placement, by: family.preparation.interpolation, border: .replicated,
        format: family.format)
      try interpreter.setInput(tensor, at: 0)
      try interpreter.invoke()
      let outputs = try interpreter.outputs.enumerated().map { position, details in
        (name: details.name, tensor: try interpreter.output(at: position))
      }
      let decoder = PoseNetDecoder(
        parameters: family.parameters, inputSize: family.input.size)
      let modelToImage = placement.modelToImage.followed(by: image.fromPicture)
      let poses = try decoder.decode(PoseNetOutputs(outputs))
        .map { $0.pose(modelToImage: modelToImage, imageSize: image.size) }
        .sorted { $0.score > $1.score }
      return Array(poses.prefix(family.maximumPeople))
    }
  }
}
