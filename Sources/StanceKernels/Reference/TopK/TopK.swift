import StanceTensors

extension Reference {
  /// TOPK_V2: the largest elements of each row of x `[..., N]`, largest first, and their places in
  /// the row.
  ///
  /// Of equal elements the earlier one comes first; NaN counts as smaller than any number.
  ///
  /// - Parameter values: `[..., K]`, and `indices` likewise.
  public static func topK<Element: TensorElement & Comparable, Index>(
    _ x: TensorView, of type: Element.Type, values: MutableTensorView,
    indices: MutableTensorView, indexType: Index.Type
  ) where Index: TensorElement & FixedWidthInteger {
    guard let length = x.shape.last, let count = values.shape.last, count > 0 else { return }
    let elements = x.elements(of: type)
    let values = values.elements(of: type)
    let indices = indices.elements(of: indexType)
    for row in 0..<values.count / count {
      let order = (0..<length).sorted { left, right in
        let (a, b) = (elements[row * length + left], elements[row * length + right])
        let (aIsNaN, bIsNaN) = (a != a, b != b)
        if aIsNaN != bIsNaN { return bIsNaN }
        return a == b || aIsNaN ? left < right : a > b
      }
      for place in 0..<count {
        values[row * count + place] = elements[row * length + order[place]]
        indices[row * count + place] = Index(truncatingIfNeeded: order[place])
      }
    }
  }
}
