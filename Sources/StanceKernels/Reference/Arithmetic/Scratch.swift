/// Memory that one kernel call needs for itself.
final class Scratch<Element: BitwiseCopyable> {
  let elements: UnsafeMutableBufferPointer<Element>

  init(repeating value: Element, count: Int) {
    elements = .allocate(capacity: count)
    elements.initialize(repeating: value)
  }

  deinit { elements.deallocate() }

  /// Not nil even where there are no elements.
  var base: UnsafeMutablePointer<Element> { elements.baseAddress! }
}

extension Scratch<Int16> {
  /// The integers less their zero point.
  convenience init<Integer: FixedWidthInteger>(
    _ integers: UnsafeBufferPointer<Integer>, zeroPoint: Int16
  ) {
    self.init(repeating: 0, count: integers.count)
    for index in integers.indices {
      elements[index] = Int16(truncatingIfNeeded: integers[index]) &- zeroPoint
    }
  }
}
