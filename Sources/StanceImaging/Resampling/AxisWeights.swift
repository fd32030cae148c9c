/// For each pixel made along one axis, the source pixels that it mixes and their weights.
struct AxisWeights<Weight> {
  /// Where the taps of pixel `i` begin; one more entry than there are pixels.
  private(set) var starts = [0]
  /// Source indices; negative where the tap falls on a black border.
  private(set) var indices: [Int] = []
  private(set) var weights: [Weight] = []
  private(set) var mostTaps = 0

  mutating func append(_ taps: some Sequence<(index: Int, weight: Weight)>) {
    for tap in taps {
      indices.append(tap.index)
      weights.append(tap.weight)
    }
    mostTaps = max(mostTaps, indices.count - starts[starts.count - 1])
    starts.append(indices.count)
  }

  /// How many pixels are made.
  var count: Int { starts.count - 1 }

  /// Calls `body` with ``starts``, ``indices`` and ``weights``.
  @inline(__always)
  func withUnsafeTaps(
    _ body: (UnsafePointer<Int>, UnsafePointer<Int>, UnsafePointer<Weight>) -> Void
  ) {
    starts.withUnsafeBufferPointer { starts in
      indices.withUnsafeBufferPointer { indices in
        weights.withUnsafeBufferPointer { weights in
          guard let starts = starts.baseAddress, let indices = indices.baseAddress,
            let weights = weights.baseAddress
          else { return }
          body(starts, indices, weights)
        }
      }
    }
  }

  func taps(of pixel: Int) -> Range<Int> { starts[pixel]..<starts[pixel + 1] }
}

/// One axis of a resize: `length` pixels of the source from `offset` on become `count` pixels.
struct ResampledAxis {
  let offset: Int
  let length: Int
  let count: Int
  /// The side of the picture itself; the source part may reach beyond it.
  let pictureLength: Int
  let border: Border

  private var scale: Double { Double(length) / Double(count) }

  /// The picture's index for one of the source part's; -1 on a black border.
  private func pictureIndex(_ index: Int) -> Int {
    let shifted = min(max(index, 0), length - 1) + offset
    if (0..<pictureLength).contains(shifted) { return shifted }
    return border == .zero ? -1 : min(max(shifted, 0), pictureLength - 1)
  }

  func nearest() -> AxisWeights<Float> {
    var result = AxisWeights<Float>()
    // PIL adds the scale up, which decides where a position falls on a pixel's very edge.
    var position = scale * 0.5
    for _ in 0..<count {
      result.append(CollectionOfOne((pictureIndex(Int(position)), Float(1))))
      position += scale
    }
    return result
  }

  func bilinear(_ centers: Interpolation.PixelCenters) -> AxisWeights<Float> {
    var result = AxisWeights<Float>()
    for pixel in 0..<count {
      let position: Double =
        switch centers {
        case .half: max((Double(pixel) + 0.5) * scale - 0.5, 0)
        case .corner: Double(pixel) * scale
        case .aligned:
          count > 1 ? Double(pixel) * Double(length - 1) / Double(count - 1) : 0
        }
      let first = min(Int(position), length - 1)
      let fraction = Float(position - Double(first))
      guard fraction > 0, first + 1 < length else {
        result.append(CollectionOfOne((pictureIndex(first), Float(1))))
        continue
      }
      result.append([(pictureIndex(first), 1 - fraction), (pictureIndex(first + 1), fraction)])
    }
    return result
  }

  func area() -> AxisWeights<Float> {
    var result = AxisWeights<Float>()
    for pixel in 0..<count {
      let start = Double(pixel) * scale
      let end = min(Double(pixel + 1) * scale, Double(length))
      let first = min(Int(start), length - 1)
      let last = min(max(Int(end.rounded(.up)), first + 1), length)
      var covered = (first..<last).map { index in
        max(min(end, Double(index + 1)) - max(start, Double(index)), 0)
      }
      let sum = covered.reduce(0, +)
      if sum > 0 { covered = covered.map { $0 / sum } } else { covered[0] = 1 }
      result.append(
        zip(first..<last, covered).lazy.filter { $0.1 > 0 }
          .map { (pictureIndex($0.0), Float($0.1)) })
    }
    return result
  }

  /// The bits after the point in ``triangle()``'s weights.
  static let triangleBits = 22

  func triangle() -> AxisWeights<Int32> {
    var result = AxisWeights<Int32>()
    let support = max(scale, 1)
    let one = Double(1 << Self.triangleBits)
    for pixel in 0..<count {
      let center = (Double(pixel) + 0.5) * scale
      let first = max(Int(center - support + 0.5), 0)
      let last = max(min(Int(center + support + 0.5), length), first + 1)
      // The reciprocal and the order of operations are PIL's: the last bit depends on them.
      let reciprocal = 1 / support
      var weights = (first..<last).map { index in
        max(1 - abs((Double(index) - center + 0.5) * reciprocal), 0)
      }
      let sum = weights.reduce(0, +)
      if sum != 0 { weights = weights.map { $0 / sum } }
      result.append(
        zip(first..<last, weights).lazy.map { (pictureIndex($0.0), Int32($0.1 * one + 0.5)) })
    }
    return result
  }
}
