/// Where values lie in one piece of memory.
struct MemoryLayoutPlan: Sendable {
  /// Of each value; nil for values that are elsewhere.
  let offsets: [Int?]
  let byteCount: Int
  /// The results that are where they belong once the operands are.
  private let idleResults: Set<Int>

  init(offsets: [Int?], byteCount: Int, idleResults: Set<Int>) {
    self.offsets = offsets
    self.byteCount = byteCount
    self.idleResults = idleResults
  }

  func needsNoWork(_ step: PlannedStep) -> Bool {
    step.outputs.first.map { idleResults.contains($0.index) } ?? false
  }
}

/// A piece of memory that is needed from one time to another.
struct MemoryDemand: Hashable, Sendable {
  var byteCount: Int
  /// Both ends included.
  var lifetime: ClosedRange<Int>
}

extension MemoryDemand {
  static let alignment = 64

  /// Best fit, the largest first: each demand gets the narrowest gap between those that live at the
  /// same time, aligned to 64 bytes and with 64 bytes behind it.
  static func place(_ demands: [MemoryDemand]) -> (offsets: [Int], byteCount: Int) {
    var offsets = [Int](repeating: 0, count: demands.count)
    let sizes = demands.map { ($0.byteCount + 2 * alignment - 1) / alignment * alignment }
    let order = demands.indices.sorted { left, right in
      (sizes[right], demands[left].lifetime.lowerBound, left)
        < (sizes[left], demands[right].lifetime.lowerBound, right)
    }
    /// Those that have their place, by offset.
    var placed: [Int] = []
    var total = 0
    for index in order {
      var best: (offset: Int, gap: Int)?
      var end = 0
      for other in placed where demands[other].lifetime.overlaps(demands[index].lifetime) {
        let gap = offsets[other] - end
        if gap >= sizes[index], gap < best?.gap ?? .max { best = (end, gap) }
        end = max(end, offsets[other] + sizes[other])
      }
      let offset = best?.offset ?? end
      offsets[index] = offset
      total = max(total, offset + sizes[index])
      let position = placed.firstIndex { offsets[$0] > offset } ?? placed.endIndex
      placed.insert(index, at: position)
    }
    return (offsets, total)
  }
}
