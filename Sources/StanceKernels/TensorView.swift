import StanceTensors

/// Elements that a kernel reads. Valid only during the call that it was handed to.
public struct TensorView {
  public let shape: Shape
  public let elementType: ElementType
  public let quantization: Quantization?
  /// Says where ``bytes`` lie in the dense tensor; nil where they are all of it.
  public let sparsity: Sparsity?
  /// Aligned for the element type; as long as shape and type say, or the stored values only.
  public let bytes: UnsafeRawBufferPointer

  public init(
    shape: Shape, elementType: ElementType, quantization: Quantization?,
    sparsity: Sparsity? = nil, bytes: UnsafeRawBufferPointer
  ) {
    self.shape = shape
    self.elementType = elementType
    self.quantization = quantization
    self.sparsity = sparsity
    self.bytes = bytes
  }

  /// The elements, row-major.
  /// - Precondition: `Element` is the view's type.
  public func elements<Element: TensorElement>(
    of type: Element.Type = Element.self
  ) -> UnsafeBufferPointer<Element> {
    precondition(elementType == Element.elementType, "\(elementType) read as \(Element.self)")
    return bytes.bindMemory(to: Element.self)
  }

  /// The elements of an `int32` or `int64` view as numbers; nil for other types.
  public func integers() -> [Int]? {
    switch elementType {
    case .int32: elements(of: Int32.self).map(Int.init)
    case .int64: elements(of: Int64.self).map(Int.init)
    default: nil
    }
  }
}

/// Elements that a kernel writes. Valid only during the call that it was handed to.
public struct MutableTensorView {
  public let shape: Shape
  public let elementType: ElementType
  public let quantization: Quantization?
  public let bytes: UnsafeMutableRawBufferPointer

  public init(
    shape: Shape, elementType: ElementType, quantization: Quantization?,
    bytes: UnsafeMutableRawBufferPointer
  ) {
    self.shape = shape
    self.elementType = elementType
    self.quantization = quantization
    self.bytes = bytes
  }

  /// The elements, row-major.
  /// - Precondition: `Element` is the view's type.
  public func elements<Element: TensorElement>(
    of type: Element.Type = Element.self
  ) -> UnsafeMutableBufferPointer<Element> {
    precondition(elementType == Element.elementType, "\(elementType) written as \(Element.self)")
    return bytes.bindMemory(to: Element.self)
  }
}
