import StanceTensors

/// Reads what MoveNet gives: the keypoints themselves, as fractions of the input.
///
/// Followed: TensorFlow.js pose-detection, `movenet/detector.ts`.
public struct MoveNetDecoder: Hashable, Sendable {
  /// What the network looks for.
  public enum Kind: Hashable, Sendable {
    /// The one person in its input: an output `[1, 1, 17, 3]` of y, x, score.
    case singlePose
    /// Several people: an output `[1, people, 56]` of 17 times y, x, score, then the box's top,
    /// left, bottom and right edge, and the person's score.
    case multiPose
  }

  public let kind: Kind
  /// The input that the fractions are of.
  public let inputSize: ModelSize
  /// The least score of a person, 0...1.
  public var minimumScore: Double

  /// TensorFlow.js's least score of a person, below which the next frame is searched as a whole.
  public static let standardMinimumScore = 0.25
  /// A keypoint with a lower score does not count for its person, nor for the next crop.
  static let minimumKeypointScore = 0.2

  public init(kind: Kind, inputSize: ModelSize, minimumScore: Double = standardMinimumScore) {
    self.kind = kind
    self.inputSize = inputSize
    self.minimumScore = minimumScore
  }

  /// Which of the networks has these outputs; nil for neither.
  public static func kind(outputShapes: [Shape]) -> Kind? {
    guard outputShapes.count == 1 else { return nil }
    let shape = outputShapes[0]
    if shape == [1, 1, keypointCount, 3] { return .singlePose }
    let isMultiPose = shape.rank == 3 && shape[0] == 1 && shape[1] > 0 && shape[2] == rowLength
    return isMultiPose ? .multiPose : nil
  }

  /// The people whose score is at least ``minimumScore``, the best first.
  ///
  /// - Parameter output: of the shape that ``Kind`` states; quantised integers are dequantised.
  /// - Throws: ``PoseDecodingError`` where it has another shape, or no real numbers.
  public func decode(_ output: Tensor) throws -> [MoveNetPose] {
    guard Self.kind(outputShapes: [output.shape]) == kind else {
      let needed = kind == .singlePose ? "[1, 1, 17, 3]" : "[1, people, 56]"
      throw PoseDecodingError(
        .mismatchedShape, "MoveNet's output has shape \(output.shape); \(needed) is needed")
    }
    let values = try output.realElements(ofOutput: "poses").map(Double.init)
    let length = kind == .singlePose ? values.count : Self.rowLength
    return stride(from: 0, to: values.count, by: length)
      .map { pose(values[$0..<$0 + length]) }
      .filter { $0.pose.score >= minimumScore }
      .sorted { $0.pose.score > $1.pose.score }
  }

  private static let keypointCount = Skeleton.coco17.keypoints.count
  private static let rowLength = keypointCount * 3 + 5

  private func pose(_ row: ArraySlice<Double>) -> MoveNetPose {
    let keypoints = (0..<Self.keypointCount).map { index -> ModelKeypoint? in
      let first = row.startIndex + 3 * index
      let position = point(y: row[first], x: row[first + 1])
      let score = row[first + 2]
      guard position.isFinite, score.isFinite else { return nil }
      return ModelKeypoint(position: position, score: score)
    }
    let score = kind == .singlePose ? Self.score(of: keypoints) : row[row.endIndex - 1]
    return MoveNetPose(
      pose: ModelPose(
        skeleton: .coco17, keypoints: keypoints, score: score.isFinite ? score : 0),
      box: kind == .singlePose ? nil : box(row.suffix(5)))
  }

  /// The mean of the keypoints that count.
  private static func score(of keypoints: [ModelKeypoint?]) -> Double {
    let counted = keypoints.compactMap { $0?.score }.filter { $0 > minimumKeypointScore }
    return counted.isEmpty ? 0 : counted.reduce(0, +) / Double(counted.count)
  }

  /// Nil where an edge is not finite.
  private func box(_ edges: ArraySlice<Double>) -> Box<ModelSpace>? {
    let edges = Array(edges)
    let (topLeft, bottomRight) = (point(y: edges[0], x: edges[1]), point(y: edges[2], x: edges[3]))
    guard topLeft.isFinite, bottomRight.isFinite else { return nil }
    return Box(around: [topLeft, bottomRight])
  }

  private func point(y: Double, x: Double) -> ModelPoint {
    ModelPoint(x: x * Double(inputSize.width), y: y * Double(inputSize.height))
  }
}

/// One person as MoveNet gives it.
public struct MoveNetPose: Hashable, Sendable {
  public var pose: ModelPose
  /// Around the person; nil where the network gives none.
  public var box: Box<ModelSpace>?

  /// The pose in the image that the model's input was made from.
  ///
  /// - Parameter modelToImage: without rotation, so that the box stays one.
  public func pose(
    modelToImage: AffineTransform<ModelSpace, ImageSpace>, imageSize: ImageSize
  ) -> Pose {
    var placed = pose.pose(modelToImage: modelToImage, imageSize: imageSize)
    if let box {
      let corners = [ModelPoint(x: box.x, y: box.y), ModelPoint(x: box.maxX, y: box.maxY)]
      placed.box = ImageBox(around: corners.map { modelToImage($0) }) ?? placed.box
    }
    return placed
  }
}
