import StanceGraph
import StanceImaging
import StancePose
import StanceRuntime
import StanceTensors

/// A network of floats that sees one picture, as all of MediaPipe's do.
struct PictureNetwork: Sendable {
  let network: Network
  let inputSize: ModelSize
  private let normalization: Normalization

  /// - Throws: ``KitError`` where the network's input is no picture of floats.
  init(_ network: Network, of graph: Graph, path: String, normalization: Normalization) throws {
    let input = try PictureInput(of: graph, path: path)
    guard input.elementType == .float32 else {
      throw KitError(
        .unusableModel,
        "\(path) takes \(input.elementType.rawValue) pictures; MediaPipe's models take float32")
    }
    self.network = network
    inputSize = input.size
    self.normalization = normalization
  }

  /// - Parameters:
  ///   - name: what the model has to be, for instance `MediaPipe's palm detector`.
  ///   - isSuch: tells that from the shapes of the outputs.
  /// - Throws: ``KitError`` where the file holds another model, `FormatError` where it is damaged.
  init(
    path: String, name: String, precision: FloatPrecision, normalization: Normalization = .unit,
    where isSuch: ([Shape]) -> Bool
  ) throws {
    let graph = try ModelFile(path: path).model.graph
    guard isSuch(graph.outputs.map { graph[$0].shape }) else {
      throw KitError(.unusableModel, "\(path) is not \(name)")
    }
    try self.init(
      try Network(graph, path: path, precision: precision), of: graph, path: path,
      normalization: normalization)
  }

  func makeRunner(threads: Int) throws -> Runner {
    Runner(of: self, interpreter: try network.makeInterpreter(threads: threads))
  }

  /// The network's interpreter, for one task at a time.
  final class Runner {
    let inputSize: ModelSize
    private let normalization: Normalization
    private let interpreter: Interpreter

    fileprivate init(of network: PictureNetwork, interpreter: Interpreter) {
      inputSize = network.inputSize
      normalization = network.normalization
      self.interpreter = interpreter
    }

    /// The outputs for the whole picture, in the middle of the input, and what takes points of the
    /// input to the image.
    func run(onWhole picture: PixelBuffer, of image: WholeImage) throws -> Outputs {
      let placement = try Placement.fitted(image: picture.size, to: try PixelSize(inputSize))
      return Outputs(
        tensors: try run(on: picture, placement, border: .zero),
        modelToImage: placement.modelToImage.followed(by: image.fromPicture))
    }

    /// The outputs for a part of the picture.
    /// - Parameter border: what lies beyond the picture.
    func run(
      on region: RotatedRegion, of picture: PixelBuffer, _ image: WholeImage,
      border: Border = .replicated
    ) throws -> Outputs {
      let modelToImage = region.modelToImage(inputSize: inputSize)
      let placement = try Placement.warped(
        image: picture.size, to: try PixelSize(inputSize),
        by: modelToImage.followed(by: image.toPicture))
      return Outputs(
        tensors: try run(on: picture, placement, border: border), modelToImage: modelToImage)
    }

    private func run(
      on picture: PixelBuffer, _ placement: Placement, border: Border
    ) throws -> [Tensor] {
      try interpreter.setInput(
        try picture.tensor(
          placement, by: .openCVWarp, border: border,
          format: InputFormat(element: .float32, normalization: normalization)), at: 0)
      try interpreter.invoke()
      return try interpreter.outputs.indices.map { try interpreter.output(at: $0) }
    }
  }

  struct Outputs {
    let tensors: [Tensor]
    let modelToImage: AffineTransform<ModelSpace, ImageSpace>
  }
}

extension PictureNetwork {
  /// A detector's network.
  init(
    detector kind: DetectionDecoder.Kind, path: String, precision: FloatPrecision,
    normalization: Normalization = .signedUnit
  ) throws {
    try self.init(
      path: path, name: kind.name, precision: precision, normalization: normalization,
      where: kind.recognizes)
  }
}

extension DetectionDecoder {
  /// The least score of detections where those of what they lead to is `minimumScore`.
  ///
  /// Below 0.05 detectors see people everywhere, each of whom costs a run of the landmark model;
  /// above MediaPipe's 0.5 fewer of their boxes would be averaged, and regions move.
  static func searchThreshold(for minimumScore: Double) -> Double {
    min(0.5, max(0.05, minimumScore))
  }
}
