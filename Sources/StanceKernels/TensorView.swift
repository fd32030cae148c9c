import StanceTensors

/// Elements that a kernel reads. Valid only during the call that it was handed to.
public struct TensorView {
  /// The dimensions, outermost first.
  public let shape: Shape
  /// What one element is.
  public let elementType: ElementType
  /// What real numbers the integers stand for.
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

  /// The elements of an integer view of up to 64 bits as numbers, of a `bool` view as 0 and 1; nil
  /// for other types and for `uint64`.
  public func integers() -> [Int]? {
    switch elementType {
    case .int8: elements(of: Int8.self).map(Int.init)
    case .int16: elements(of: Int16.self).map(Int.init)
    case .int32: elements(of: Int32.self).map(Int.init)
    case .int64: elements(of: Int64.self).map(Int.init)
    case .uint8: elements(of: UInt8.self).map(Int.init)
    case .uint16: elements(of: UInt16.self).map(Int.init)
    case .uint32: elements(of: UInt32.self).map(Int.init)
    // A file's truth may be any byte but zero, which Swift's own Bool must not be.
    case .bool: bytes.map { $0 == 0 ? 0 : 1 }
    default: nil
    }
  }

  /// The elements of a `float32` view; nil for other types.
  public func floats() -> [Float]? {
    elementType == .float32 ? Array(elements(of: Float.self)) : nil
  }
}

/// Elements that a kernel writes. Valid only during the call that it was handed to.
public struct MutableTensorView {
  /// The dimensions, outermost first.
  public let shape: Shape
  /// What one element is.
  public let elementType: ElementType
  /// What real numbers the integers stand for.
  public let quantization: Quantization?
  /// Aligned for the element type; as long as shape and type say.
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
