extension PoseNetOutputs {
  /// Whether there is a mask of people.
  public var hasSegments: Bool { segments != nil }
}

extension PoseNetDecoder {
  /// Which parts of the image show people, as BodyPix and TensorFlow Lite's multi-person PoseNet
  /// tell; nil where the outputs have no segments.
  ///
  /// Each place's own person is found along the long offsets, as TensorFlow.js does it: the pose
  /// whose keypoints, those with a score of at least 0.3, lie nearest to where the place sees them.
  ///
  /// - Parameters:
  ///   - poses: as ``decode(_:)`` gives them, in the order of the result's.
  ///   - threshold: the probability above which a place shows a person.
  public func segmentation(
    of outputs: PoseNetOutputs, poses: [ModelPose],
    modelToImage: AffineTransform<ModelSpace, ImageSpace>, imageSize: ImageSize, threshold: Double
  ) throws -> Segmentation? {
    guard let segments = outputs.segments, let imageToModel = modelToImage.inverse else {
      return nil
    }
    let grid = try grid(of: outputs)
    // A cell's place is that of a pixel, whose middle is half a pixel from its corner.
    let imageToGrid = imageToModel.followed(
      by: AffineTransform<ModelSpace, GridSpace>(
        scaleX: 1 / grid.strideX, scaleY: 1 / grid.strideY, offsetX: -0.5 / grid.strideX,
        offsetY: -0.5 / grid.strideY))
    func logits(_ channels: Int, _ logits: [Float]) -> LogitGrid {
      LogitGrid(
        rows: grid.rows, columns: grid.columns, channels: channels, logits: logits,
        imageToGrid: imageToGrid)
    }
    let instances = try instances(of: poses, in: outputs, refinementSteps: 10, leastScore: 0.3)
    // In cells, so that they are of the size of logits.
    let unit = grid.strideX * grid.strideY
    return Segmentation(
      imageSize: imageSize,
      poses: poses.map { $0.pose(modelToImage: modelToImage, imageSize: imageSize) },
      people: .together(
        logits(1, segments.elements),
        nearness: instances.map { logits(poses.count, $0.distances.map { Float(-$0 / unit) }) }),
      parts: outputs.parts.map { logits($0.channels, $0.elements) }, threshold: threshold)
  }
}
