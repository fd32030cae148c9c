import StanceTensors

extension Reference {
  /// WHERE: y `[count, rank]` of `int64` lists the indices of the elements of x that are not zero,
  /// row-major.
  ///
  /// - Parameter isTrue: for each element of x whether it is not zero; as many are as y has rows.
  public static func listTrue(_ isTrue: [Bool], of shape: Shape, into y: MutableTensorView) {
    let results = y.elements(of: Int64.self)
    let strides = shape.strides
    var row = 0
    for (position, isTrue) in isTrue.enumerated() where isTrue {
      for axis in shape.indices {
        let index = position / strides[axis] % shape[axis]
        results[row * shape.rank + axis] = Int64(index)
      }
      row += 1
    }
  }
}
