import StanceTensors

/// An output beside the one it should be.
struct Comparison {
  let actual: Tensor
  let expected: Tensor
  /// The largest difference allowed, relative to the largest expected value; 0: equal bytes.
  let tolerance: Double

  /// Nil where they agree, else how they differ.
  var disagreement: String? {
    guard actual.shape == expected.shape else {
      return "shape \(actual.shape) instead of \(expected.shape)"
    }
    if actual.bytes == expected.bytes { return nil }
    guard tolerance > 0 else {
      let differing = zip(bytes(actual), bytes(expected)).filter { $0 != $1 }.count
      return "\(differing) of \(expected.bytes.count) bytes differ"
    }
    guard let actual = try? actual.realElements(), let expected = try? expected.realElements()
    else { return "elements of type \(expected.elementType) have no tolerance" }
    let largest = expected.lazy.filter(\.isFinite).map(abs).max() ?? 0
    let limit = Float(tolerance) * max(largest, .leastNormalMagnitude)
    let differing = zip(actual, expected).filter { pair in
      pair.0 != pair.1 && !(pair.0.isNaN && pair.1.isNaN) && !(abs(pair.0 - pair.1) <= limit)
    }
    guard let worst = differing.max(by: { abs($0.0 - $0.1) < abs($1.0 - $1.1) }) else { return nil }
    return "\(differing.count) elements differ, for instance \(worst.0) instead of \(worst.1)"
  }

  private func bytes(_ tensor: Tensor) -> [UInt8] {
    tensor.bytes.withUnsafeBytes { Array($0) }
  }
}
