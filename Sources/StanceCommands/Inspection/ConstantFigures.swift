import StanceGraph

/// The numbers of a constant: all of them where they are few, else how they are spread.
struct ConstantFigures {
  /// Separated by commas.
  let values: String?
  let statistics: WeightStatistics?

  /// So many are listed one by one.
  static let listLimit = 12
  /// The most elements of a file's constants that are looked at: several may share their bytes, so
  /// that a small file can name very many.
  static let elementLimit = 1 << 27

  /// - Returns: for each value of each graph; nil where it is no constant of numbers, or comes after
  ///   the limit.
  static func of(_ graphs: [Graph]) -> [[ConstantFigures?]] {
    var left = elementLimit
    return graphs.map { graph in
      graph.values.map { value in
        guard let constant = value.constant, left > 0 else { return nil }
        let limit = min(WeightStatistics.sampleLimit, left)
        left -= min(value.shape.elementCount, constant.count * 2, limit)
        return ConstantFigures(value, limit: limit)
      }
    }
  }

  private init?(_ value: Value, limit: Int) {
    guard let constant = value.constant else { return nil }
    if value.shape.elementCount <= Self.listLimit, value.sparsity == nil {
      guard let elements = ConstantElements(value, constant, limit: Self.listLimit) else {
        return nil
      }
      values = elements.numbers.map(NumberText.significant).joined(separator: ", ")
      statistics = nil
      return
    }
    guard let statistics = WeightStatistics(value, sampleLimit: limit) else { return nil }
    (values, self.statistics) = (nil, statistics)
  }
}
