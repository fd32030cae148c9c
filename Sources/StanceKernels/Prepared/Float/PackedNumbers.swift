import StanceTensors

/// Numbers that a prepared kernel keeps, aligned to 64 bytes and never changed after it was made.
final class PackedNumbers<Element: BitwiseCopyable>: @unchecked Sendable {
  let base: UnsafeMutablePointer<Element>
  let count: Int
  private let raw: UnsafeMutableRawPointer

  /// Zeros, for `fill` to write to.
  init(count: Int, zero: Element, fill: (UnsafeMutablePointer<Element>) -> Void) {
    self.count = count
    let stride = MemoryLayout<Element>.stride
    raw = .allocate(byteCount: max(count * stride, 64), alignment: 64)
    base = raw.bindMemory(to: Element.self, capacity: count)
    base.initialize(repeating: zero, count: count)
    fill(base)
  }

  deinit { raw.deallocate() }
}

extension PackedNumbers<Float> {
  /// One number a channel, zeros where there are none. `width` zeros follow, so that vectors may be
  /// read from any channel on.
  convenience init(_ numbers: UnsafeBufferPointer<Float>?, channelCount: Int, width: Int) {
    self.init(count: channelCount + width, zero: 0) { base in
      guard let numbers, let first = numbers.baseAddress else { return }
      base.update(from: first, count: min(numbers.count, channelCount))
    }
  }
}

extension PackedNumbers where Element: Numeric {
  convenience init(_ numbers: [Element]) {
    self.init(count: numbers.count, zero: 0) { base in
      for (index, number) in numbers.enumerated() { base[index] = number }
    }
  }
}

extension Int {
  /// The next multiple of `step`.
  func roundedUp(to step: Int) -> Int { (self + step - 1) / step * step }
}

/// Divides a kernel's working memory, each part aligned to 64 bytes.
struct ScratchLayout {
  private(set) var byteCount = 0

  /// Where a part of so many bytes begins.
  mutating func add(byteCount count: Int) -> Int {
    defer { byteCount += count.roundedUp(to: 64) }
    return byteCount
  }
}
