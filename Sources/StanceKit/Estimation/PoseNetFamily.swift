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
  private let outputNames: [String]
  private let decoder: PoseNetDecoder
  private let maximumPeople: Int
  let masks: PoseModel.Masks
  /// BodyPix's default.
  private let maskThreshold: Double

  static func recognizes(_ graph: Graph) -> Bool {
    PoseNetGraph.hasDecoder(graph) || (try? PoseNetGraph(graph)) != nil
  }

  init(file: ModelFile, options: PoseModel.Options) throws {
    guard !PoseNetGraph.isDecoderAlone(file.model.graph) else {
      throw KitError(
        .unusableModel,
        "\(file.path) holds Coral's decoder alone and no network that looks at pictures; "
          + "`stance run` runs it on a network's outputs")
    }
    let opened = try PoseNetGraph(file.model.graph)
    network = try Network(opened.graph, path: file.path, precision: options.precision)
    outputNames = opened.outputNames
    input = try PictureInput(of: opened.graph, path: file.path)
    let profile =
      try Self.profile(named: options.profile) ?? (opened.decoder == nil ? .tfjs : .coral)
    self.profile = profile.rawValue
    preparation = Preparation(profile)
    format = try Self.format(of: input.elementType, profile, path: file.path)
    let layout = opened.layout
    var parameters = profile.parameters
    if let decoder = opened.decoder, profile == .coral { parameters = decoder.parameters }
    if layout.displacements == nil { parameters.people = .one }
    // The first pose that is found need not be the best one, so more are looked at than asked for.
    parameters.maxPoses = max(parameters.maxPoses, options.maximumPeople ?? 0)
    maximumPeople = options.maximumPeople ?? parameters.maxPoses
    parameters.minPoseScore =
      options.minimumScore ?? max(parameters.minPoseScore, Self.defaultMinimumScore)
    masks = PoseModel.Masks(layout)
    maskThreshold = options.maskThreshold ?? 0.7
    decoder = PoseNetDecoder(
      parameters: parameters,
      inputSize: opened.decoder?.inputSize(rows: layout.rows, columns: layout.columns)
        ?? input.size)
  }

  var usefulSide: Int { PoseModel.usefulReduction * max(input.size.width, input.size.height) }

  func makeEstimator(threads: Int) throws -> any FamilyEstimator {
    Estimator(family: self, interpreter: try network.makeInterpreter(threads: threads))
  }

  /// How each program lays a picture into the input.
  private struct Preparation {
    let keepsProportions: Bool
    let interpolation: Interpolation

    init(_ profile: PoseNetProfile) {
      keepsProportions = profile == .tfjs
      interpolation =
        switch profile {
        case .tfjs: .bilinear(.corner)
        case .posenetPython, .article: .bilinear(.half)
        case .coral: .nearest
        }
    }
  }

  private static func profile(named name: String?) throws -> PoseNetProfile? {
    guard let name else { return nil }
    guard let profile = PoseNetProfile(rawValue: name) else {
      let names = PoseNetProfile.allCases.map(\.rawValue).joined(separator: ", ")
      throw KitError(.invalidOption, "PoseNet has no profile \"\(name)\"; it has \(names)")
    }
    return profile
  }

  private static func format(
    of type: ElementType, _ profile: PoseNetProfile, path: String
  ) throws -> InputFormat {
    switch type {
    case .float32:
      InputFormat(
        element: .float32,
        normalization: profile == .coral ? Normalization(scale: 1 / 128, offset: -1) : .signedUnit)
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
      let (outputs, modelToImage) = try run(on: picture, of: image)
      return try modelPoses(outputs)
        .map { $0.pose(modelToImage: modelToImage, imageSize: image.size) }
    }

    func segmentation(of picture: PixelBuffer, _ image: WholeImage) throws -> Segmentation {
      let (outputs, modelToImage) = try run(on: picture, of: image)
      let segmentation = try family.decoder.segmentation(
        of: outputs, poses: try modelPoses(outputs), modelToImage: modelToImage,
        imageSize: image.size, threshold: family.maskThreshold)
      guard let segmentation else {
        throw KitError(.unusableModel, "the model has no output of segments")
      }
      return segmentation
    }

    private func modelPoses(_ outputs: PoseNetOutputs) throws -> [ModelPose] {
      let poses = try family.decoder.decode(outputs).sorted { $0.score > $1.score }
      return Array(poses.prefix(family.maximumPeople))
    }

    private func run(
      on picture: PixelBuffer, of image: WholeImage
    ) throws -> (PoseNetOutputs, modelToImage: AffineTransform<ModelSpace, ImageSpace>) {
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
      let outputs = try family.outputNames.enumerated().map { position, name in
        (name: name, tensor: try interpreter.output(at: position))
      }
      return (
        try PoseNetOutputs(outputs), placement.modelToImage.followed(by: image.fromPicture)
      )
    }
  }
}

extension PoseModel.Masks {
  fileprivate init(_ layout: PoseNetLayout) {
    self = []
    guard layout.segments != nil else { return }
    insert(.people)
    if layout.longOffsets != nil { insert(.instances) }
    if layout.parts != nil { insert(.parts) }
  }
}
