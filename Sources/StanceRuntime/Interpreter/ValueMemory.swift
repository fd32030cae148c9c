import StanceTensors

/// The shape and the elements of one value while its graph runs.
struct ValueMemory {
  private enum Place {
    /// The same in every run.
    case constant(Bytes)
    /// Lies in the interpreter's arena.
    case planned(UnsafeMutableRawBufferPointer)
    /// Has memory of its own, as its shape is known only while the graph runs.
    case own(Buffer?)
  }

  private let elementByteCount: Int
  private var place: Place
  /// Nil until it is known.
  private(set) var shape: Shape?

  init(elementByteCount: Int) {
    self.elementByteCount = elementByteCount
    place = .own(nil)
  }

  init(elementByteCount: Int, shape: Shape, constant: Bytes) {
    self.elementByteCount = elementByteCount
    self.shape = shape
    place = .constant(constant)
  }

  /// - Parameter memory: at least as long as the shape says, zeros at first.
  init(elementByteCount: Int, shape: Shape, memory: UnsafeMutableRawPointer) {
    self.elementByteCount = elementByteCount
    self.shape = shape
    place = .planned(
      UnsafeMutableRawBufferPointer(
        start: memory, count: shape.elementCount * elementByteCount))
  }

  var isConstant: Bool {
    if case .constant = place { true } else { false }
  }

  /// Whether the shape cannot change while the graph runs.
  var hasFixedShape: Bool {
    if case .own = place { false } else { true }
  }

  private var byteCount: Int { (shape?.elementCount ?? 0) * elementByteCount }

  /// The elements; nil while there are none.
  var contents: UnsafeRawBufferPointer? {
    switch place {
    // The interpreter keeps the bytes.
    case .constant(let bytes): bytes.withUnsafeBytes { $0 }
    case .planned, .own: mutableContents.map { UnsafeRawBufferPointer($0) }
    }
  }

  var mutableContents: UnsafeMutableRawBufferPointer? {
    switch place {
    case .constant: nil
    case .planned(let memory): memory
    case .own(let buffer):
      shape == nil
        ? nil : buffer.map { UnsafeMutableRawBufferPointer(rebasing: $0.bytes[..<byteCount]) }
    }
  }

  /// How many more bytes a value of this shape would take.
  func growth(to shape: Shape) -> Int {
    guard case .own(let buffer) = place else { return 0 }
    return shape.elementCount * elementByteCount - (buffer?.bytes.count ?? 0)
  }

  /// Sets the shape and makes memory of its own large enough for it; new memory is zero.
  mutating func makeRoom(for shape: Shape) {
    guard case .own(let buffer) = place else { return }
    self.shape = shape
    guard growth(to: shape) > 0 || buffer == nil else { return }
    place = .own(Buffer(byteCount: byteCount))
  }

  func copy(from bytes: Bytes) {
    guard let target = mutableContents, target.count >= bytes.count else { return }
    bytes.withUnsafeBytes { target.copyMemory(from: $0) }
  }
}

/// Memory that its last owner frees.
final class Buffer {
  /// Zeros at first, aligned to 64 bytes; ``UnsafeMutableRawBufferPointer/slack`` bytes behind them
  /// may be read.
  let bytes: UnsafeMutableRawBufferPointer

  init(byteCount: Int) {
    bytes = .allocateZeroed(byteCount: byteCount)
  }

  deinit { bytes.deallocate() }
}
