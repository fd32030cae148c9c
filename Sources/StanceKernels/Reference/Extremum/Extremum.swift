import StanceTensors

extension Reference {
  /// ARG_MAX, ARG_MIN: for each line of x along `axis`, the index of its first element for which
  /// no other one `precedes` it.
  ///
  /// NaN gives way to any number; where all are NaN, the first is it.
  ///
  /// - Parameter precedes: `>` for the largest element, `<` for the smallest.
  public static func extremum<Element: TensorElement & Comparable, Index>(
    _ x: TensorView, of type: Element.Type, axis: Int, into y: MutableTensorView,
    indexType: Index.Type, precedes: (Element, Element) -> Bool
  ) where Index: TensorElement & FixedWidthInteger {
    guard y.shape.elementCount > 0 else { return }
    let elements = x.elements(of: type)
    let results = y.elements(of: indexType)
    let (length, inner) = (x.shape[axis], x.shape.strides[axis])
    for position in results.indices {
      let start = position / inner * inner * length + position % inner
      var best = elements[start]
      var bestIndex = 0
      for index in 1..<max(length, 1) {
        let element = elements[start + index * inner]
        guard precedes(element, best) || (best != best && element == element) else { continue }
        best = element
        bestIndex = index
      }
      results[position] = Index(truncatingIfNeeded: bestIndex)
    }
  }
}
