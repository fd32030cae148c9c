import StancePose
import StanceRuntime
import StanceTensors

/// Google Coral's operator PosenetDecoderOp: PoseNet's outputs in, people out.
///
/// Inputs, float32 or quantised: heat maps `[1, rows, columns, 17]` (logits), short offsets 34,
/// mid offsets 64 (forward y and x, backward y and x, 16 each), and for masks long offsets 34, all
/// offsets in pixels of the model's input.
///
/// Results, float32, of which the first `count` rows mean something and the others are 0:
/// keypoints `[1, N, 17, 2]` (y, x in pixels), their scores `[1, N, 17]`, the poses' scores
/// `[1, N]`, `count` `[1]`, and with long offsets masks `[1, N, rows, columns]`: 1 where a cell
/// is nearer to this pose than to any other. N is the option `max_detections`; shapes that the file
/// declares do not matter.
///
/// Registered as any operator of a user's own would be: see ``CustomOperatorRegistry/poses``.
public struct PosenetDecoder: CustomOperator {
  public static let name = "PosenetDecoderOp"

  let options: PosenetDecoderOptions

  public init(options: Bytes) throws {
    self.options = try PosenetDecoderOptions(options)
  }

  public func run(inputs: [Tensor?], outputs: [TensorDetails]) throws -> [Tensor] {
    let operands = inputs.compactMap { $0 }
    guard operands.count == inputs.count, [3, 4].contains(operands.count),
      outputs.count == operands.count + 1
    else {
      throw KitError(
        .unusableModel,
        "has \(inputs.count) inputs and \(outputs.count) results; 3 and 4 are possible, or 4 and 5")
    }
    let network = try PoseNetOutputs(Array(zip(Self.inputNames, operands)))
    let decoder = PoseNetDecoder(
      parameters: options.parameters,
      inputSize: options.inputSize(rows: network.rows, columns: network.columns))
    let poses = try decoder.decode(network)
    var results = try results(of: poses)
    if operands.count == 4 {
      guard let instances = try decoder.instances(of: poses, in: network) else {
        throw KitError(.unusableModel, "its fourth input is no long offsets")
      }
      results.append(try masks(of: instances))
    }
    return results
  }

  /// In the operator's order, as ``PoseNetOutputs`` tells them apart.
  static let inputNames = [
    "float_heatmaps", "float_short_offsets", "float_mid_offsets", "float_long_offsets",
  ]

  /// Keypoints that were not found are 0, as unused rows.
  private func results(of poses: [ModelPose]) throws -> [Tensor] {
    let (room, count) = (options.maxDetections, Skeleton.coco17.keypoints.count)
    var positions = [Float](repeating: 0, count: room * count * 2)
    var keypointScores = [Float](repeating: 0, count: room * count)
    var scores = [Float](repeating: 0, count: room)
    for (row, pose) in poses.enumerated() {
      scores[row] = Float(pose.score)
      for case (let index, let keypoint?) in pose.keypoints.enumerated() {
        let place = row * count + index
        keypointScores[place] = Float(keypoint.score)
        positions[place * 2] = Float(keypoint.position.y)
        positions[place * 2 + 1] = Float(keypoint.position.x)
      }
    }
    return [
      try Tensor(positions, shape: [1, room, count, 2]),
      try Tensor(keypointScores, shape: [1, room, count]),
      try Tensor(scores, shape: [1, room]),
      try Tensor([Float(poses.count)], shape: [1]),
    ]
  }

  private func masks(of instances: PoseNetInstances) throws -> Tensor {
    let shape = try Shape(
      validating: [1, options.maxDetections, instances.rows, instances.columns])
    // A damaged file's options may ask for anything; no network's result comes near 1 GB.
    guard shape.elementCount <= 1 << 28 else {
      throw KitError(.unusableModel, "masks of shape \(shape) are too large")
    }
    var masks = [Float](repeating: 0, count: shape.elementCount)
    for row in 0..<instances.rows {
      for column in 0..<instances.columns {
        guard let pose = instances.nearestPose(row: row, column: column) else { continue }
        masks[(pose * instances.rows + row) * instances.columns + column] = 1
      }
    }
    return try Tensor(masks, shape: shape)
  }
}

extension CustomOperatorRegistry {
  /// The operators of pose models: ``CustomOperatorRegistry/standard`` and ``PosenetDecoder``.
  public static var poses: CustomOperatorRegistry {
    var registry = CustomOperatorRegistry.standard
    registry.register(PosenetDecoder.self)
    return registry
  }
}
