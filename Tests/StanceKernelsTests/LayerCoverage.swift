@testable import StanceKernels

/// How much the layers of a test differed.
struct LayerCoverage {
  private var seen: [String: Set<Int>] = [:]

  mutating func add(_ layer: RandomWindowLayer) {
    let (geometry, numbers) = (layer.geometry, layer.requantization)
    let facts = [
      "kernel height": layer.weights[1], "kernel width": layer.weights[2],
      "stride along height": geometry.strideHeight, "stride along width": geometry.strideWidth,
      "dilation along height": geometry.dilationHeight,
      "dilation along width": geometry.dilationWidth,
      "padding above": geometry.paddingTop, "padding on the left": geometry.paddingLeft,
      "channels": layer.input[3], "output channels": layer.output[3],
      "input zero point": Int(numbers.inputZeroPoint),
      "weight zero point": Int(numbers.weightZeroPoint),
      "output zero point": Int(numbers.outputZeroPoint),
      "one scale or many": min(numbers.scales.count, 2),
      "bias": layer.bias == nil ? 0 : 1, "batch": layer.input[0],
    ]
    for (name, value) in facts { seen[name, default: []].insert(value) }
  }

  /// What had fewer values than it should have, with those it had.
  func missing(_ counts: [String: Int]) -> [String] {
    counts.filter { seen[$0.key, default: []].count < $0.value }
      .map { "\($0.key): \(seen[$0.key, default: []].sorted())" }
  }

  func range(of name: String) -> ClosedRange<Int>? {
    guard let values = seen[name], let least = values.min(), let most = values.max() else {
      return nil
    }
    return least...most
  }
}
