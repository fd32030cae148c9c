import StanceTensors

@testable import StancePose

/// PoseNet outputs that say exactly where given people are.
struct SyntheticPoseNet {
  struct Person {
    var keypoints: [ModelPoint]
    var logits: [Float]

    init(_ keypoints: [ModelPoint], logit: Float = 4) {
      self.keypoints = keypoints
      logits = [Float](repeating: logit, count: keypoints.count)
    }
  }

  var rows: Int
  var columns: Int
  var strideY: Double
  var strideX: Double
  var background: Float = -10
  var people: [Person]

  var heatmaps: [Float] = []
  var offsets: [Float] = []
  var forward: [Float] = []
  var backward: [Float] = []

  init(rows: Int, columns: Int, strideY: Double, strideX: Double, people: [Person]) {
    (self.rows, self.columns, self.people) = (rows, columns, people)
    (self.strideY, self.strideX) = (strideY, strideX)
    encode()
  }

  private func cell(_ point: ModelPoint) -> Int {
    let row = min(max(Int((point.y / strideY + 0.5).rounded(.down)), 0), rows - 1)
    let column = min(max(Int((point.x / strideX + 0.5).rounded(.down)), 0), columns - 1)
    return row * columns + column
  }

  private mutating func encode() {
    let cells = rows * columns
    heatmaps = [Float](repeating: background, count: cells * 17)
    offsets = [Float](repeating: 0, count: cells * 34)
    forward = [Float](repeating: 0, count: cells * 32)
    backward = forward
    for person in people {
      for (index, point) in person.keypoints.enumerated() {
        let cell = cell(point)
        let (row, column) = (cell / columns, cell % columns)
        heatmaps[cell * 17 + index] = person.logits[index]
        offsets[cell * 34 + index] = Float(point.y - Double(row) * strideY)
        offsets[cell * 34 + 17 + index] = Float(point.x - Double(column) * strideX)
      }
      for (index, edge) in PoseNetGrowth.edges.enumerated() {
        let (parent, child) = (person.keypoints[edge.parent], person.keypoints[edge.child])
        forward[cell(parent) * 32 + index] = Float(child.y - parent.y)
        forward[cell(parent) * 32 + 16 + index] = Float(child.x - parent.x)
        backward[cell(child) * 32 + index] = Float(parent.y - child.y)
        backward[cell(child) * 32 + 16 + index] = Float(parent.x - child.x)
      }
    }
  }

  private func tensor(_ values: [Float], channels: Int) throws -> Tensor {
    try Tensor(values, shape: Shape([1, rows, columns, channels]))
  }

  /// Heat maps, offsets, forward and backward displacements.
  func named() throws -> [(name: String, tensor: Tensor)] {
    [
      ("heatmap_2", try tensor(heatmaps, channels: 17)),
      ("offset_2", try tensor(offsets, channels: 34)),
      ("displacement_fwd_2", try tensor(forward, channels: 32)),
      ("displacement_bwd_2", try tensor(backward, channels: 32)),
    ]
  }

  /// The displacements as Coral has them, in one tensor of 64 channels.
  func joinedDisplacements() throws -> Tensor {
    var values: [Float] = []
    for cell in 0..<rows * columns {
      values += forward[cell * 32..<cell * 32 + 32]
      values += backward[cell * 32..<cell * 32 + 32]
    }
    return try tensor(values, channels: 64)
  }

  func outputs() throws -> PoseNetOutputs { try PoseNetOutputs(named()) }
}

/// A standing person of about 100x200 pixels, its nose at `nose`, no keypoint half-way between two
/// cells of stride 16.
func standingPerson(nose: ModelPoint, scale: Double = 1) -> [ModelPoint] {
  let shape: [(Double, Double)] = [
    (0, 0), (6, -5), (-6, -5), (13, -2), (-13, -2), (30, 35), (-30, 35), (41, 75), (-41, 75),
    (46, 110), (-46, 110), (20, 115), (-20, 115), (22, 160), (-22, 160), (25, 200), (-25, 200),
  ]
  return shape.map { ModelPoint(x: nose.x + $0.0 * scale, y: nose.y + $0.1 * scale) }
}

/// A quantised copy of `tensor`.
func quantized(_ tensor: Tensor, scale: Float, zeroPoint: Int) throws -> Tensor {
  let values = try tensor.realElements().map { value in
    UInt8(min(max((value / scale).rounded() + Float(zeroPoint), 0), 255))
  }
  return try Tensor(
    values, shape: tensor.shape, quantization: Quantization(scale: scale, zeroPoint: zeroPoint))
}
