import StanceTensors

/// What PoseNet computes for one picture, on a grid of cells laid over the model's input.
public struct PoseNetOutputs: Hashable, Sendable {
  /// Cells from top to bottom.
  public let rows: Int
  /// Cells from left to right.
  public let columns: Int
  /// Logits, 17 channels.
  let heatmaps: FeatureGrid
  /// From a cell to the keypoint near it, in pixels of the model's input; 17 vectors.
  let offsets: VectorField
  /// From the parent to the child of each edge, in pixels; 16 vectors. nil where the model has none.
  let forward: VectorField?
  /// From the child to the parent of each edge, in pixels; 16 vectors.
  let backward: VectorField?
  /// From a cell to all keypoints of the person it shows, in pixels; 17 vectors.
  let longOffsets: VectorField?
  /// Logits of a cell showing a person, 1 channel.
  let segments: FeatureGrid?
  /// Logits of the parts of the body, 24 channels.
  let parts: FeatureGrid?

  /// Finds PoseNet's outputs among `outputs` and reads them; quantised ones are dequantised.
  /// - Throws: ``PoseDecodingError`` as ``PoseNetLayout/init(outputs:)`` does, and where elements
  ///   are no real numbers.
  public init(_ outputs: [(name: String, tensor: Tensor)]) throws {
    let layout = try PoseNetLayout(outputs: outputs.map { ($0.name, $0.tensor.shape) })
    func grid(_ index: Int) throws -> FeatureGrid {
      try FeatureGrid(outputs[index].tensor, name: outputs[index].name)
    }
    let edgeCount = PoseNetLayout.edgeCount
    (rows, columns) = (layout.rows, layout.columns)
    heatmaps = try grid(layout.heatmaps)
    offsets = VectorField(try grid(layout.offsets), count: PoseNetLayout.keypointCount)
    switch layout.displacements {
    case .separate(let forward, let backward):
      self.forward = VectorField(try grid(forward), count: edgeCount)
      self.backward = VectorField(try grid(backward), count: edgeCount)
    case .joined(let index):
      let both = try grid(index)
      forward = VectorField(both, count: edgeCount)
      backward = VectorField(both, firstChannel: 2 * edgeCount, count: edgeCount)
    case nil:
      (forward, backward) = (nil, nil)
    }
    longOffsets = try layout.longOffsets.map {
      VectorField(try grid($0), count: PoseNetLayout.keypointCount)
    }
    segments = try layout.segments.map(grid)
    parts = try layout.parts.map(grid)
  }

  /// The logit of `keypoint` at `cell`; NaN counts as the least there is.
  func logit(_ cell: GridCell, _ keypoint: Int) -> Float {
    let logit = heatmaps[cell, keypoint]
    return logit.isNaN ? -.infinity : logit
  }

  /// The probability of `keypoint` at `cell`, 0...1; 0 where the logit is NaN.
  func score(_ cell: GridCell, _ keypoint: Int) -> Double {
    sigmoid(Double(logit(cell, keypoint)))
  }
}
