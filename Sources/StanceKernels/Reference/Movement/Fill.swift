import StanceTensors

extension Reference {
  /// Every element of `y` becomes `element`, the bytes of one element of its type.
  public static func fill(_ y: MutableTensorView, with element: UnsafeRawBufferPointer) {
    guard let target = y.bytes.baseAddress, let element = element.baseAddress else { return }
    let size = y.elementType.byteCount ?? 0
    for index in 0..<y.shape.elementCount {
      (target + index * size).copyMemory(from: element, byteCount: size)
    }
  }

  /// Every element of `y` becomes `element`.
  public static func fill<Element: TensorElement>(_ y: MutableTensorView, with element: Element) {
    withUnsafeBytes(of: element) { fill(y, with: $0) }
  }

  /// `y` gets the elements of `x` in their order, whatever the two shapes.
  public static func copy(_ x: TensorView, into y: MutableTensorView) {
    guard !x.bytes.isEmpty else { return }
    y.bytes.copyMemory(from: x.bytes)
  }
}

extension TensorView {
  var elementByteCount: Int { elementType.byteCount ?? 0 }
}
