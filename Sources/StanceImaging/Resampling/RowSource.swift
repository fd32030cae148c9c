/// Makes rows of a picture, in any order.
protocol RowSource {
  /// Writes row `y`, interleaved red, green and blue, each 0...255.
  mutating func write(row y: Int, into target: UnsafeMutableBufferPointer<Float>)
}

/// Rows that were filtered along x and may be needed again; a row replaces the one whose slot
/// it takes.
struct RowCache<Element> {
  private let rowLength: Int
  private let capacity: Int
  private var tags: [Int]
  private var storage: [Element]

  /// Holds up to `rowCount` rows, fewer where they would take more than about 64 MB.
  init(rowLength: Int, rowCount: Int, zero: Element) {
    let budget = (1 << 26) / max(rowLength * MemoryLayout<Element>.stride, 1)
    capacity = max(min(rowCount, budget), 2)
    self.rowLength = rowLength
    tags = [Int](repeating: -1, count: capacity)
    storage = [Element](repeating: zero, count: capacity * rowLength)
  }

  /// Calls `use` with row `index`, which `fill` makes where it is not at hand.
  mutating func withRow(
    _ index: Int, fill: (UnsafeMutableBufferPointer<Element>) -> Void,
    use: (UnsafeMutableBufferPointer<Element>) -> Void
  ) {
    let slot = index % capacity
    let isAtHand = tags[slot] == index
    tags[slot] = index
    storage.withUnsafeMutableBufferPointer { all in
      let row = UnsafeMutableBufferPointer(
        rebasing: all[slot * rowLength..<(slot + 1) * rowLength])
      if !isAtHand { fill(row) }
      use(row)
    }
  }
}
