import StanceGraph
import StanceTensors

/// How the numbers of a constant are spread, as real numbers.
struct WeightStatistics {
  /// All elements, those that a sparse constant does not store among them.
  let count: Int
  /// Of how many elements one was looked at.
  let sampling: Int
  /// Of finite elements, as are the figures below.
  let minimum: Double
  let maximum: Double
  let mean: Double
  let deviation: Double
  /// The share of elements that are zero, 0 to 1.
  let zeros: Double
  /// Elements that are no numbers, or not finite.
  let strangeCount: Int
  /// How many of the elements looked at lie in each of as many equal parts of the range.
  let histogram: [Int]

  static let binCount = 32
  /// The most elements of a constant that are looked at.
  static let sampleLimit = 1 << 22

  /// - Returns: nil where the value is no constant, has no finite elements, or none that are numbers.
  init?(_ value: Value, sampleLimit: Int = WeightStatistics.sampleLimit) {
    guard let constant = value.constant,
      let sample = ConstantElements(value, constant, limit: sampleLimit)
    else { return nil }
    let finite = sample.numbers.filter(\.isFinite)
    guard !finite.isEmpty else { return nil }
    let unstored = sample.unstoredCount
    let total = Double(finite.count) + Double(unstored)
    let sum = finite.reduce(0, +)
    let mean = sum / total
    let squares = finite.reduce(0.0) { $0 + ($1 - mean) * ($1 - mean) }
    var (least, most) = (finite[0], finite[0])
    for number in finite { (least, most) = (min(least, number), max(most, number)) }
    if unstored > 0 { (least, most) = (min(least, 0), max(most, 0)) }
    count = value.shape.elementCount
    sampling = sample.sampling
    (minimum, maximum, self.mean) = (least, most, mean)
    deviation = ((squares + Double(unstored) * mean * mean) / total).squareRoot()
    zeros = Double(finite.count { $0 == 0 } + unstored) / total
    strangeCount = sample.numbers.count - finite.count
    histogram = Self.histogram(of: finite, unstored: unstored, from: least, to: most)
  }

  private static func histogram(
    of numbers: [Double], unstored: Int, from least: Double, to most: Double
  ) -> [Int] {
    var bins = [Int](repeating: 0, count: binCount)
    func bin(_ number: Double) -> Int {
      guard most > least else { return binCount / 2 }
      let place = (number - least) / (most - least) * Double(binCount)
      return min(max(Int(place), 0), binCount - 1)
    }
    for number in numbers { bins[bin(number)] += 1 }
    if unstored > 0 { bins[bin(0)] += unstored }
    return bins
  }
}
