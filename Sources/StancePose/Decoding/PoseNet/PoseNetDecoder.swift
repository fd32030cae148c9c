/// Turns PoseNet's outputs into poses (Papandreou et al., PersonLab, 2018, as TensorFlow.js and the
/// programs after it do it; see ``PoseNetProfile``).
public struct PoseNetDecoder: Hashable, Sendable {
  /// How to decode: a profile's, changed at will.
  public var parameters: PoseNetParameters
  /// The size of the tensor that the model was run on.
  public var inputSize: ModelSize

  /// A decoder that works as the profile's program does.
  public init(profile: PoseNetProfile, inputSize: ModelSize) {
    self.init(parameters: profile.parameters, inputSize: inputSize)
  }

  public init(parameters: PoseNetParameters, inputSize: ModelSize) {
    self.parameters = parameters
    self.inputSize = inputSize
  }

  /// The people that the model found, in COCO's 17 keypoints and pixels of the model's input.
  ///
  /// A keypoint is nil where the outputs hold no finite number for it. Equal scores are settled by
  /// keypoint, row, column, the lower first, so that the result is always the same.
  ///
  /// - Throws: ``PoseDecodingError`` where ``inputSize`` does not fit the grid, or where several
  ///   people are wanted and the model has no displacements.
  public func decode(_ outputs: PoseNetOutputs) throws -> [ModelPose] {
    let grid = try grid(of: outputs)
    guard parameters.maxPoses > 0 else { return [] }
    let poses =
      switch parameters.people {
      case .one: [singlePose(outputs, grid)].filter { $0.score >= parameters.minPoseScore }
      case .several:
        switch parameters.growth {
        case .alongTree: try posesAlongTree(outputs, grid)
        case .interpolated: try interpolatedPoses(outputs, grid)
        }
      }
    return parameters.truncatesPositions ? poses.map { $0.truncatingPositions() } : poses
  }

  /// How the cells of `outputs` lie on the model's input.
  func grid(of outputs: PoseNetOutputs) throws -> PoseNetGrid {
    try PoseNetGrid(
      rows: outputs.rows, columns: outputs.columns, inputSize: inputSize,
      mapping: parameters.gridMapping, rounding: parameters.rounding)
  }

  /// A keypoint at `cell` moved by its offset; nil where that is not finite.
  func keypointPosition(
    _ keypoint: Int, at cell: GridCell, _ outputs: PoseNetOutputs, _ grid: PoseNetGrid
  ) -> ModelPoint? {
    let position = outputs.offsets.displace(grid.position(of: cell), at: cell, index: keypoint)
    return position.isFinite ? position : nil
  }
}

extension ModelPose {
  /// Every position without its fraction, towards zero.
  func truncatingPositions() -> ModelPose {
    var pose = self
    pose.keypoints = keypoints.map { keypoint in
      keypoint.map {
        ModelKeypoint(
          position: ModelPoint(
            x: $0.position.x.rounded(.towardZero), y: $0.position.y.rounded(.towardZero)),
          score: $0.score)
      }
    }
    return pose
  }
}
