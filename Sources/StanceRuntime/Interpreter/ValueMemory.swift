import StanceGraph
import StanceTensors

/// The shape and the elements of one value while its graph runs.
struct ValueMemory {
  let elementByteCount: Int
  private let constant: Bytes?
  private var buffer: Buffer?

  /// The shape an input was given instead of the model's own.
  var requestedShape: Shape?
  /// Nil until it is known.
  private(set) var shape: Shape?
  /// The elements are the same in every run.
  var isStatic: Bool

  init(value: Value) throws {
    let elementByteCount = value.elementType.byteCount ?? 0
    self.elementByteCount = elementByteCount
    constant = value.constant.map { $0.aligned(to: max(elementByteCount, 1)) }
    isStatic = constant != nil
    shape = constant == nil ? nil : value.shape
    let needed = value.shape.elementCount * elementByteCount
    if let constant, value.sparsity == nil, elementByteCount > 0, constant.count != needed {
      throw RuntimeError(
        .unsupportedModel,
        "constant \"\(value.name)\" of shape \(value.shape) needs \(needed) bytes "
          + "and has \(constant.count)")
    }
  }

  var byteCount: Int { (shape?.elementCount ?? 0) * elementByteCount }
  var ownedByteCount: Int { buffer?.bytes.count ?? 0 }

  /// The elements; nil while there are none.
  var contents: UnsafeRawBufferPointer? {
    // The graph keeps a constant's memory alive for as long as its interpreter.
    if let constant { return constant.withUnsafeBytes { $0 } }
    guard let buffer, shape != nil else { return nil }
    return UnsafeRawBufferPointer(rebasing: buffer.bytes[..<byteCount])
  }

  var mutableContents: UnsafeMutableRawBufferPointer? {
    guard let buffer, shape != nil else { return nil }
    return UnsafeMutableRawBufferPointer(rebasing: buffer.bytes[..<byteCount])
  }

  /// Forgets what earlier shapes led to.
  mutating func reset() {
    guard constant == nil else { return }
    shape = nil
    isStatic = false
    buffer = nil
  }

  /// Sets the shape and makes the buffer large enough for it; new memory is zero.
  mutating func makeRoom(for shape: Shape) {
    guard constant == nil else { return }
    self.shape = shape
    guard ownedByteCount < byteCount || buffer == nil else { return }
    buffer = Buffer(byteCount: byteCount)
  }

  func copy(from bytes: Bytes) {
    guard let target = mutableContents else { return }
    bytes.withUnsafeBytes { target.copyMemory(from: $0) }
  }

  private final class Buffer {
    let bytes: UnsafeMutableRawBufferPointer

    init(byteCount: Int) {
      bytes = .allocate(byteCount: byteCount, alignment: 64)
      bytes.initializeMemory(as: UInt8.self, repeating: 0)
    }

    deinit { bytes.deallocate() }
  }
}

extension Bytes {
  /// These bytes, copied where they do not start at a multiple of `alignment`.
  fileprivate func aligned(to alignment: Int) -> Bytes {
    withUnsafeBytes { raw in
      Int(bitPattern: raw.baseAddress) % alignment == 0 ? self : Bytes(copying: raw)
    }
  }
}
