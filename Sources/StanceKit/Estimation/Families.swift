import StanceGraph
import StanceImaging
import StancePose
import StanceTensors

/// Tells which family a model belongs to, from its tensors alone.
enum Families {
  /// - Throws: ``KitError`` where it is none of them, `RuntimeError` where it cannot run at all.
  static func family(
    of file: ModelFile, options: PoseModel.Options
  ) throws -> any PoseFamily {
    let graph = file.model.graph
    // Says which operators are missing before anything is said of families.
    let network = try Network(graph, path: file.path, precision: options.precision)
    let shapes = graph.outputs.map { graph[$0].shape }
    if BlazePoseLandmarkDecoder.recognizes(outputShapes: shapes) {
      return try BlazePoseFamily(landmarks: file, network, options: options)
    }
    if let advice = advice(for: shapes) {
      throw KitError(.unknownFamily, "\(file.path) is \(advice)")
    }
    if PoseNetFamily.recognizes(graph) {
      return try PoseNetFamily(file: file, options: options)
    }
    if MoveNetFamily.recognizes(graph) {
      return try MoveNetFamily(file: file, network, options: options)
    }
    throw KitError(
      .unknownFamily,
      "\(file.path) is no pose model that Stance knows: PoseNet has outputs of 17 and 34 channels, "
        + "BlazePose's landmark model one of 195 numbers, MoveNet one of shape [1, 1, 17, 3] or "
        + "[1, people, 56]; this one has "
        + shapes.map(\.description).joined(separator: ", ")
        + ". `stance inspect` shows it, `stance run` runs it")
  }

  /// What a model is that is part of a family but gives no body; nil where it is none of these.
  private static func advice(for shapes: [Shape]) -> String? {
    if DetectionDecoder.Kind.person.recognizes(outputShapes: shapes) {
      return "BlazePose's detector, which finds people but no keypoints; give the landmark model, "
        + "which uses it"
    }
    let parts = DetectionDecoder.Kind.recognized(outputShapes: shapes)?.name
    if HandLandmarkDecoder.recognizes(outputShapes: shapes)
      || HandRecropDecoder.recognizes(outputShapes: shapes)
      || FaceLandmarkDecoder.recognizes(outputShapes: shapes) || parts != nil
    {
      return "\(parts ?? "a model of hands or faces") and no model of bodies; hands and faces are "
        + "found with the parts hands and face, as in `stance estimate --parts body,hands,face`"
    }
    return nil
  }
}

/// The picture input of a network, `[1, H, W, 3]`.
struct PictureInput: Hashable, Sendable {
  let elementType: ElementType
  let size: ModelSize

  /// - Throws: ``KitError`` where the graph's only input is no picture.
  init(of graph: Graph, path: String) throws {
    guard graph.inputs.count == 1, let id = graph.inputs.first else {
      throw KitError(
        .unusableModel, "\(path) has \(graph.inputs.count) inputs where one picture is expected")
    }
    let shape = graph[id].shape
    guard shape.rank == 4, shape[0] == 1, shape[1] > 0, shape[2] > 0, shape[3] == 3 else {
      throw KitError(
        .unusableModel, "\(path) has an input of shape \(shape), not [1, height, width, 3]")
    }
    elementType = graph[id].elementType
    size = ModelSize(width: shape[2], height: shape[1])
  }
}

extension PixelSize {
  init(_ size: ModelSize) throws {
    try self.init(width: size.width, height: size.height)
  }
}
