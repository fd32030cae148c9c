/// An array of elements of one type with a shape, row-major, with its quantisation if it has one.
///
/// A value: its elements never change. A tensor of a model's weights shares the mapped file's
/// memory.
public struct Tensor: Hashable, Sendable {
  /// The dimensions, outermost first.
  public let shape: Shape
  /// What one element is.
  public let elementType: ElementType
  /// What real numbers the integers stand for; nil where they stand for themselves.
  public let quantization: Quantization?
  /// The elements, row-major and in the machine's byte order.
  public let bytes: Bytes

  /// - Throws: ``TensorError`` where `bytes` is not as long as shape and element type say.
  public init(
    shape: Shape, elementType: ElementType, quantization: Quantization? = nil, bytes: Bytes
  ) throws {
    guard let size = elementType.byteCount else {
      throw TensorError.unsupportedElementType(elementType)
    }
    guard bytes.count == shape.elementCount * size else {
      throw TensorError.sizeMismatch(
        expectedBytes: shape.elementCount * size, actualBytes: bytes.count)
    }
    self.shape = shape
    self.elementType = elementType
    self.quantization = quantization
    self.bytes = bytes
  }

  /// A tensor that holds a copy of `elements`, row-major.
  /// - Throws: ``TensorError`` where their number is not the shape's.
  public init<Element: TensorElement>(
    _ elements: [Element], shape: Shape, quantization: Quantization? = nil
  ) throws {
    try self.init(
      shape: shape, elementType: Element.elementType, quantization: quantization,
      bytes: elements.withUnsafeBytes { Bytes(copying: $0) })
  }

  /// The elements as an array, row-major.
  /// - Throws: ``TensorError`` where `Element` is not this tensor's type.
  public func elements<Element: TensorElement>(as type: Element.Type = Element.self) throws
    -> [Element]
  {
    try withElements(of: type) { Array($0) }
  }

  /// Calls `body` with the elements in place, row-major.
  /// - Throws: ``TensorError`` where `Element` is not this tensor's type.
  public func withElements<Element: TensorElement, Result>(
    of type: Element.Type, _ body: (UnsafeBufferPointer<Element>) throws -> Result
  ) throws -> Result {
    guard elementType == Element.elementType else {
      throw TensorError.typeMismatch(expected: elementType, actual: Element.elementType)
    }
    return try bytes.withUnsafeBytes { raw in
      guard let base = raw.baseAddress,
        Int(bitPattern: base) % MemoryLayout<Element>.alignment != 0
      else { return try body(raw.bindMemory(to: Element.self)) }
      return try Bytes(copying: raw).withUnsafeBytes { try body($0.bindMemory(to: Element.self)) }
    }
  }

  /// The elements as real numbers: floats widened or narrowed, quantised integers dequantised by
  /// `scale * (q - zeroPoint)`, other integers converted.
  /// - Throws: ``TensorError`` for types that are no real numbers and for per-axis quantisation.
  public func realElements() throws -> [Float] {
    switch elementType {
    case .float32: return try elements(as: Float.self)
    case .float16: return try elements(as: Float16Bits.self).map(\.float)
    case .float64: return try elements(as: Double.self).map { Float($0) }
    case .uint8: return try dequantized(UInt8.self)
    case .int8: return try dequantized(Int8.self)
    case .int16: return try dequantized(Int16.self)
    case .int32: return try dequantized(Int32.self)
    case .int64: return try dequantized(Int64.self)
    default: throw TensorError.unsupportedElementType(elementType)
    }
  }

  private func dequantized<Element: TensorElement & BinaryInteger>(_ type: Element.Type) throws
    -> [Float]
  {
    guard let quantization else { return try elements(as: type).map { Float($0) } }
    guard !quantization.isPerAxis else { throw TensorError.perAxisQuantization }
    let (scale, zeroPoint) = (quantization.scale, quantization.zeroPoint)
    return try elements(as: type).map { scale * Float(Int($0) &- zeroPoint) }
  }
}
