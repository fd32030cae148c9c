/// Read-only memory kept alive by its owner: part of a memory-mapped file, or a buffer of its own.
///
/// Copying a `Bytes` or taking a slice shares the memory.
public struct Bytes: Sendable {
  private let storage: Storage
  private let range: Range<Int>

  /// How many bytes there are.
  public var count: Int { range.count }
  /// Whether there are none.
  public var isEmpty: Bool { range.isEmpty }

  /// Memory owned elsewhere, released by `deallocator` after the last use.
  ///
  /// - Parameter buffer: must stay valid and unchanged until `deallocator` is called.
  public init(
    unsafeBuffer buffer: UnsafeRawBufferPointer,
    deallocator: @escaping @Sendable (UnsafeRawBufferPointer) -> Void
  ) {
    storage = Storage(buffer, deallocator: deallocator)
    range = 0..<buffer.count
  }

  /// A copy of `bytes`, aligned to 64 bytes.
  public init(copying bytes: UnsafeRawBufferPointer) {
    self.init(byteCount: bytes.count) { $0.copyMemory(from: bytes) }
  }

  public init(_ bytes: [UInt8]) {
    self = bytes.withUnsafeBytes { Bytes(copying: $0) }
  }

  /// New memory, aligned to 64 bytes, that `initialize` must fill.
  public init(
    byteCount: Int, initializingWith initialize: (UnsafeMutableRawBufferPointer) throws -> Void
  ) rethrows {
    let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: byteCount, alignment: 64)
    do {
      try initialize(memory)
    } catch {
      memory.deallocate()
      throw error
    }
    self.init(unsafeBuffer: UnsafeRawBufferPointer(memory)) { $0.deallocate() }
  }

  private init(storage: Storage, range: Range<Int>) {
    self.storage = storage
    self.range = range
  }

  /// The bytes at `offsets`, counted from the start of these.
  /// - Precondition: `offsets` lies within `0..<count`.
  public subscript(offsets: Range<Int>) -> Bytes {
    precondition(offsets.lowerBound >= 0 && offsets.upperBound <= count, "slice outside of bytes")
    let start = range.lowerBound + offsets.lowerBound
    return Bytes(storage: storage, range: start..<start + offsets.count)
  }

  /// Calls `body` with the bytes in place, which must not be kept beyond the call.
  public func withUnsafeBytes<Result>(
    _ body: (UnsafeRawBufferPointer) throws -> Result
  ) rethrows -> Result {
    try withExtendedLifetime(storage) {
      try body(UnsafeRawBufferPointer(rebasing: storage.buffer[range]))
    }
  }

  private final class Storage: @unchecked Sendable {
    let buffer: UnsafeRawBufferPointer
    let deallocator: @Sendable (UnsafeRawBufferPointer) -> Void

    init(
      _ buffer: UnsafeRawBufferPointer,
      deallocator: @escaping @Sendable (UnsafeRawBufferPointer) -> Void
    ) {
      self.buffer = buffer
      self.deallocator = deallocator
    }

    deinit { deallocator(buffer) }
  }
}

extension Bytes: Hashable {
  public static func == (left: Bytes, right: Bytes) -> Bool {
    left.withUnsafeBytes { l in right.withUnsafeBytes { r in l.elementsEqual(r) } }
  }

  public func hash(into hasher: inout Hasher) {
    withUnsafeBytes { hasher.combine(bytes: $0) }
  }
}
