/// What a prepared kernel keeps beside its numbers: packed weights, tables. Written while the
/// kernel is made, then only read.
final class PackedMemory: @unchecked Sendable {
  private var blocks: [UnsafeMutableRawPointer] = []
  /// Of all arrays together.
  private(set) var byteCount = 0

  /// A new array, aligned to 64 bytes, all zeros, with 64 readable bytes behind it.
  func allocate<Element: BitwiseCopyable>(
    _ type: Element.Type, count: Int
  ) -> UnsafeMutablePointer<Element> {
    let size = count * MemoryLayout<Element>.stride
    let block = UnsafeMutableRawPointer.allocate(byteCount: size + 64, alignment: 64)
    block.initializeMemory(as: UInt8.self, repeating: 0, count: size + 64)
    blocks.append(block)
    byteCount += size
    return block.bindMemory(to: type, capacity: count)
  }

  /// A row of equal bytes, as pixels outside of a picture are, with 64 of them behind it.
  func row(of byte: UInt8, count: Int) -> UnsafePointer<UInt8> {
    let row = allocate(UInt8.self, count: count)
    row.update(repeating: byte, count: count + 64)
    return UnsafePointer(row)
  }

  deinit {
    for block in blocks { block.deallocate() }
  }
}
