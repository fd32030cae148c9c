import StanceGraph
import StanceImaging
import StancePose
import StanceRuntime
import StanceTensors

/// MoveNet: Lightning and Thunder, which see one person, and MultiPose, which sees six.
struct MoveNetFamily: PoseFamily {
  let name = "movenet"
  let profile = "tfjs"
  let skeleton = Skeleton.coco17

  private let network: Network
  private let kind: MoveNetDecoder.Kind
  private let elementType: ElementType
  /// Nil where it follows from the picture.
  private let inputSize: PixelSize?
  private let options: PoseModel.Options

  static func recognizes(_ graph: Graph) -> Bool {
    MoveNetDecoder.kind(outputShapes: graph.outputs.map { graph[$0].shape }) != nil
  }

  init(file: ModelFile, _ network: Network, options: PoseModel.Options) throws {
    if let profile = options.profile, profile != self.profile {
      throw KitError(
        .invalidOption, "MoveNet has no profile \"\(profile)\"; it has \(self.profile)")
    }
    let graph = file.model.graph
    self.network = network
    kind = MoveNetDecoder.kind(outputShapes: graph.outputs.map { graph[$0].shape }) ?? .singlePose
    let input = try PictureInput(of: graph, path: file.path)
    elementType = input.elementType
    guard [.uint8, .int8, .int32, .float32].contains(elementType) else {
      throw KitError(
        .unusableModel,
        "\(file.path) takes \(elementType.rawValue) pictures; "
          + "MoveNet's are uint8, int8, int32 or float32")
    }
    let signature = graph[graph.inputs[0]].shapeSignature ?? []
    inputSize = signature.contains(nil) ? nil : try PixelSize(input.size)
    self.options = options
  }

  /// MultiPose's, where the model leaves its input's size free.
  private static let freeLongSide = 256
  /// The network halves its input five times.
  private static let freeMultiple = 32

  var usefulSide: Int {
    PoseModel.usefulReduction * (inputSize.map { max($0.width, $0.height) } ?? Self.freeLongSide)
  }

  func makeEstimator(threads: Int) throws -> any FamilyEstimator {
    Estimator(family: self, interpreter: try network.makeInterpreter(threads: threads))
  }

  /// Single-pose networks see the whole image padded to a square, in the middle; MultiPose's the
  /// image in the corner of an input of about its own proportions.
  private func placement(of image: PixelSize) throws -> Placement {
    if let inputSize {
      return kind == .singlePose
        ? try .padded(image: image, to: inputSize)
        : try .letterboxed(image: image, to: inputSize, anchor: .topLeft)
    }
    let scale = Double(Self.freeLongSide) / Double(max(image.width, image.height))
    func side(_ length: Int) -> Int {
      let scaled = max(Int((Double(length) * scale).rounded()), 1)
      return (scaled + Self.freeMultiple - 1) / Self.freeMultiple * Self.freeMultiple
    }
    return try .letterboxed(
      image: image, to: PixelSize(width: side(image.width), height: side(image.height)),
      anchor: .topLeft)
  }

  /// The picture as the network wants it: 0...255, whatever the element type.
  private func tensor(_ picture: PixelBuffer, _ placement: Placement) throws -> Tensor {
    let format: InputFormat =
      switch elementType {
      case .float32: InputFormat(element: .float32, normalization: .raw)
      case .int8: InputFormat(element: .int8, normalization: .signedByte)
      default: .bytes
      }
    let tensor = try picture.tensor(
      placement, by: .bilinear(.half), border: .zero, format: format)
    guard elementType == .int32 else { return tensor }
    return try Tensor(tensor.elements(as: UInt8.self).map(Int32.init), shape: tensor.shape)
  }

  private final class Estimator: FamilyEstimator {
    private let family: MoveNetFamily
    private let interpreter: Interpreter

    init(family: MoveNetFamily, interpreter: Interpreter) {
      self.family = family
      self.interpreter = interpreter
    }

    func poses(in picture: PixelBuffer, of image: WholeImage) throws -> [Pose] {
      let placement = try family.placement(of: picture.size)
      let input = try family.tensor(picture, placement)
      if interpreter.inputs[0].shape != input.shape {
        try interpreter.resizeInput(at: 0, to: input.shape)
        try interpreter.allocateTensors()
      }
      try interpreter.setInput(input, at: 0)
      try interpreter.invoke()
      let decoder = MoveNetDecoder(
        kind: family.kind,
        inputSize: ModelSize(width: placement.input.width, height: placement.input.height),
        minimumScore: family.options.minimumScore ?? MoveNetDecoder.standardMinimumScore)
      let modelToImage = placement.modelToImage.followed(by: image.fromPicture)
      let people = try decoder.decode(try interpreter.output(at: 0))
      return people.prefix(family.options.maximumPeople ?? people.count)
        .map { $0.pose(modelToImage: modelToImage, imageSize: image.size) }
    }
  }
}
