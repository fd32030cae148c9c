/// The anchors of MediaPipe's detectors (SSD, Liu et al., 2016), which have places but no sizes.
struct DetectionAnchors: Hashable, Sendable {
  /// Pixels of the model's input between anchors, layer by layer.
  let strides: [Int]
  /// Each layer has one anchor for its own scale and one for the scale half-way to the next; both
  /// have the same centre, as the anchors have no size of their own.
  static let anchorsPerCell = 2

  /// The centres in the order of the detector's outputs, as fractions of the input.
  ///
  /// Neighbouring layers of one stride share a grid: all their anchors of a cell stand together.
  func centers(inputSize: ModelSize) -> [NormalizedPoint] {
    var centers: [NormalizedPoint] = []
    var layer = 0
    while layer < strides.count {
      let stride = strides[layer]
      let layerCount = strides[layer...].prefix { $0 == stride }.count
      let rows = Self.cellCount(side: inputSize.height, stride: stride)
      let columns = Self.cellCount(side: inputSize.width, stride: stride)
      for row in 0..<rows {
        for column in 0..<columns {
          let center = NormalizedPoint(
            x: (Double(column) + 0.5) / Double(columns), y: (Double(row) + 0.5) / Double(rows))
          centers.append(
            contentsOf: repeatElement(center, count: layerCount * Self.anchorsPerCell))
        }
      }
      layer += layerCount
    }
    return centers
  }

  /// How many anchors ``centers(inputSize:)`` gives; nil where a side is not positive or their
  /// number is out of all proportion.
  func count(inputSize: ModelSize) -> Int? {
    guard (1...1 << 14).contains(inputSize.width), (1...1 << 14).contains(inputSize.height) else {
      return nil
    }
    return strides.reduce(0) { sum, stride in
      sum
        + Self.cellCount(side: inputSize.height, stride: stride)
        * Self.cellCount(side: inputSize.width, stride: stride) * Self.anchorsPerCell
    }
  }

  /// The side divided by the stride, rounded up.
  private static func cellCount(side: Int, stride: Int) -> Int {
    (side + stride - 1) / stride
  }
}
