import StanceTensors

/// How operands of compatible shapes are walked to fill a result of the broadcast shape.
///
/// Neighbouring dimensions that every operand walks in one stride are merged, so that equal
/// shapes, a scalar and a trailing vector all end in few, long rows. Along a row an operand either
/// moves by one element an element, or stays.
struct Broadcast {
  /// Where each of up to three operands stands.
  struct Offsets {
    var first = 0
    var second = 0
    var third = 0
  }

  private struct Dimension {
    var count: Int
    var steps: [Int]
  }

  /// The elements of a row.
  let rowLength: Int
  /// Per operand: 1 where it moves along a row, 0 where it stays.
  let rowSteps: Offsets
  private let isEmpty: Bool
  private let outer: [Dimension]

  /// - Parameter operands: one, two or three.
  /// - Throws: ``KernelError`` where an operand does not broadcast to `shape`.
  init(to shape: Shape, from operands: [Shape]) throws {
    isEmpty = shape.elementCount == 0
    guard !isEmpty else {
      (rowLength, rowSteps, outer) = (0, Offsets(), [])
      return
    }
    var dimensions: [Dimension] = []
    var reached = [Int](repeating: 1, count: operands.count)
    for axis in stride(from: shape.rank - 1, through: 0, by: -1) {
      var steps: [Int] = []
      for (index, operand) in operands.enumerated() {
        let ownAxis = axis - shape.rank + operand.rank
        let count = ownAxis < 0 ? 1 : operand[ownAxis]
        guard count == 1 || count == shape[axis] else {
          throw KernelError("an operand of shape \(operand) does not broadcast to \(shape)")
        }
        steps.append(count == 1 ? 0 : reached[index])
        reached[index] *= count
      }
      guard shape[axis] != 1 else { continue }
      if let inner = dimensions.last,
        zip(steps, inner.steps).allSatisfy({ $0 == $1 * inner.count })
      {
        dimensions[dimensions.count - 1].count *= shape[axis]
      } else {
        dimensions.append(Dimension(count: shape[axis], steps: steps))
      }
    }
    guard operands.allSatisfy({ $0.rank <= shape.rank }) else {
      throw KernelError("an operand of more dimensions does not broadcast to \(shape)")
    }
    let row = dimensions.first ?? Dimension(count: 1, steps: reached.map { _ in 0 })
    rowLength = row.count
    rowSteps = Self.offsets(row.steps)
    outer = Array(dimensions.dropFirst())
  }

  private static func offsets(_ steps: [Int]) -> Offsets {
    Offsets(
      first: steps[0], second: steps.count > 1 ? steps[1] : 0,
      third: steps.count > 2 ? steps[2] : 0)
  }

  /// Calls `body` with the first element of each row of the result, and where the operands stand.
  @inline(__always)
  func forEachRow(_ body: (_ start: Int, _ offsets: Offsets) -> Void) {
    guard !isEmpty else { return }
    var position = [Int](repeating: 0, count: outer.count)
    let steps = outer.map { Self.offsets($0.steps) }
    var offsets = Offsets()
    var start = 0
    while true {
      body(start, offsets)
      start += rowLength
      var level = 0
      while level < outer.count {
        position[level] += 1
        offsets.first += steps[level].first
        offsets.second += steps[level].second
        offsets.third += steps[level].third
        if position[level] < outer[level].count { break }
        position[level] = 0
        offsets.first -= steps[level].first * outer[level].count
        offsets.second -= steps[level].second * outer[level].count
        offsets.third -= steps[level].third * outer[level].count
        level += 1
      }
      if level == outer.count { return }
    }
  }
}
