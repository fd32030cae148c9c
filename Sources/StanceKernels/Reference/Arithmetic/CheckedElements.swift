import StanceTensors

extension Reference {
  /// The elements of an operand and of a result which has as many.
  /// - Throws: ``KernelError`` where types differ or the numbers of elements do.
  static func matchedElements<Element: TensorElement, Result: TensorElement>(
    of x: TensorView, in result: MutableTensorView, _ type: Element.Type, _ resultType: Result.Type
  ) throws -> (source: UnsafeBufferPointer<Element>, target: UnsafeMutableBufferPointer<Result>) {
    let source = try x.checkedElements(of: type)
    let target = try result.checkedElements(of: resultType)
    guard source.count == target.count else {
      throw KernelError("\(source.count) elements do not fill a result of shape \(result.shape)")
    }
    return (source, target)
  }
}

extension TensorView {
  /// The elements, of which there are as many as the shape says.
  /// - Throws: ``KernelError`` where the type is another or elements are missing.
  func checkedElements<Element: TensorElement>(
    of type: Element.Type
  ) throws -> UnsafeBufferPointer<Element> {
    guard elementType == Element.elementType else {
      throw KernelError(
        "an operand is \(elementType.rawValue) instead of \(Element.elementType.rawValue)")
    }
    guard bytes.count == shape.elementCount * MemoryLayout<Element>.stride else {
      throw KernelError(
        "an operand of shape \(shape) holds \(bytes.count) bytes; "
          + "a sparse one must pass through DENSIFY first")
    }
    return bytes.bindMemory(to: type)
  }

  /// The bytes of a `bool` operand, any but 0 standing for true.
  func checkedBooleans() throws -> UnsafeBufferPointer<UInt8> {
    guard elementType == .bool, bytes.count == shape.elementCount else {
      throw KernelError("an operand of shape \(shape) is not made of as many booleans")
    }
    return bytes.bindMemory(to: UInt8.self)
  }
}

extension MutableTensorView {
  /// The elements, of which there are as many as the shape says.
  /// - Throws: ``KernelError`` where the type is another or room is missing.
  func checkedElements<Element: TensorElement>(
    of type: Element.Type
  ) throws -> UnsafeMutableBufferPointer<Element> {
    guard elementType == Element.elementType else {
      throw KernelError(
        "a result is \(elementType.rawValue) instead of \(Element.elementType.rawValue)")
    }
    guard bytes.count == shape.elementCount * MemoryLayout<Element>.stride else {
      throw KernelError("a result of shape \(shape) has \(bytes.count) bytes of room")
    }
    return bytes.bindMemory(to: type)
  }
}
