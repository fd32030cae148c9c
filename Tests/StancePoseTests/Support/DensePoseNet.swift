import StanceTensors

@testable import StancePose

/// PoseNet outputs in which every cell tells where the person nearest to it is, as real networks do:
/// exact also between cells.
struct DensePoseNet {
  let rows: Int
  let columns: Int
  let stride: Double
  let people: [[ModelPoint]]

  var inputSize: ModelSize {
    ModelSize(width: (columns - 1) * Int(stride) + 1, height: (rows - 1) * Int(stride) + 1)
  }

  /// `rows * columns` people's worth of numbers, by cell, made from the cell's place.
  private func tensor(
    _ channels: Int, _ values: (ModelPoint) -> [Double]
  ) throws -> Tensor {
    var numbers: [Float] = []
    numbers.reserveCapacity(rows * columns * channels)
    for row in 0..<rows {
      for column in 0..<columns {
        numbers += values(ModelPoint(x: Double(column) * stride, y: Double(row) * stride))
          .map { Float($0) }
      }
    }
    return try Tensor(numbers, shape: Shape([1, rows, columns, channels]))
  }

  private func person(nearestTo place: ModelPoint, by keypoint: Int) -> [ModelPoint] {
    people.min { $0[keypoint].squaredDistance(to: place) < $1[keypoint].squaredDistance(to: place) }
      ?? []
  }

  /// All vertical parts, then all horizontal ones.
  private func vectors(from place: ModelPoint, to targets: [ModelPoint]) -> [Double] {
    targets.map { $0.y - place.y } + targets.map { $0.x - place.x }
  }

  /// Logits that fall from 5 at a keypoint, by 3 a cell.
  func heatmaps() throws -> Tensor {
    try tensor(17) { place in
      (0..<17).map { keypoint in
        let distance = person(nearestTo: place, by: keypoint)[keypoint].distance(to: place)
        return max(5 - 3 * distance / stride, -10)
      }
    }
  }

  func shortOffsets() throws -> Tensor {
    try tensor(34) { place in
      vectors(
        from: place, to: (0..<17).map { person(nearestTo: place, by: $0)[$0] })
    }
  }

  func midOffsets() throws -> Tensor {
    try tensor(64) { place in
      vectors(
        from: place,
        to: PoseNetGrowth.edges.map { person(nearestTo: place, by: $0.parent)[$0.child] })
        + vectors(
          from: place,
          to: PoseNetGrowth.edges.map { person(nearestTo: place, by: $0.child)[$0.parent] })
    }
  }

  /// To the keypoints of the person whose left hip is nearest.
  func longOffsets() throws -> Tensor {
    try tensor(34) { place in vectors(from: place, to: person(nearestTo: place, by: 11)) }
  }

  func named() throws -> [(name: String, tensor: Tensor)] {
    [
      ("float_heatmaps", try heatmaps()), ("float_short_offsets", try shortOffsets()),
      ("float_mid_offsets", try midOffsets()), ("float_long_offsets", try longOffsets()),
    ]
  }

  /// As many people as asked for, side by side in rows.
  static func crowd(of count: Int, rows: Int, columns: Int, across: Int) -> DensePoseNet {
    let scale = 0.7
    let people = (0..<count).map { index in
      standingPerson(
        nose: ModelPoint(
          x: 60.3 + Double(index % across) * 1200 / Double(across),
          y: 30.7 + Double(index / across) * 340), scale: scale)
    }
    return DensePoseNet(rows: rows, columns: columns, stride: 16, people: people)
  }
}
