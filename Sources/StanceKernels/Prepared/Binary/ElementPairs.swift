import StanceTensors

/// Which elements of two operands make which elements of a broadcast result, worked out once.
struct ElementPairs: Sendable {
  /// A stretch of the result.
  struct Run {
    let first: Int
    let count: Int
    let a: Int
    let b: Int
  }

  /// How far each operand moves along a row: 1, or 0 where it stays.
  let aStep: Int
  let bStep: Int
  private let rowLength: Int
  private let chunksPerRow: Int
  private let offsets: [(a: Int, b: Int)]

  var unitCount: Int { offsets.count * chunksPerRow }

  /// The operand of which every row of the result takes the same elements, where rows are short and
  /// the other operand moves on.
  var repeated: RepeatedRow? {
    guard offsets.count > 1, rowLength < RepeatedRow.length / 4, aStep == 1, bStep == 1 else {
      return nil
    }
    func stays(_ offset: (Int) -> Int) -> Bool { offsets.indices.allSatisfy { offset($0) == 0 } }
    func moves(_ offset: (Int) -> Int) -> Bool {
      offsets.indices.allSatisfy { offset($0) == $0 * rowLength }
    }
    let isA = stays { offsets[$0].a } && moves { offsets[$0].b }
    guard isA || (stays { offsets[$0].b } && moves { offsets[$0].a }) else { return nil }
    return RepeatedRow(isA: isA, rowLength: rowLength, rowCount: offsets.count)
  }

  /// - Returns: nil where the operands do not broadcast to `result`.
  init?(_ a: Shape, _ b: Shape, to result: Shape) {
    guard let plan = try? Broadcast(to: result, from: [a, b]) else { return nil }
    rowLength = plan.rowLength
    aStep = plan.rowSteps.first
    bStep = plan.rowSteps.second
    chunksPerRow = ElementChunks(elementCount: plan.rowLength).unitCount
    var offsets: [(a: Int, b: Int)] = []
    plan.forEachRow { _, operands in offsets.append((operands.first, operands.second)) }
    self.offsets = offsets
  }

  @inline(__always)
  func forEachRun(of units: Range<Int>, _ body: (Run) -> Void) {
    for unit in units {
      let (row, chunk) = unit.quotientAndRemainder(dividingBy: chunksPerRow)
      let start = chunk * ElementChunks.length
      body(
        Run(
          first: row * rowLength + start, count: min(ElementChunks.length, rowLength - start),
          a: offsets[row].a + start * aStep, b: offsets[row].b + start * bStep))
    }
  }
}

/// A short row of one operand that meets every row of the other one: repeated in scratch memory, it
/// makes few long rows of many short ones.
struct RepeatedRow: Sendable {
  static let length = 1024

  let isA: Bool
  let rowLength: Int
  let rowCount: Int

  private var rowsPerUnit: Int { Self.length / rowLength }
  var unitCount: Int { (rowCount + rowsPerUnit - 1) / rowsPerUnit }

  func elements(of units: Range<Int>) -> Range<Int> {
    let end = min(units.upperBound * rowsPerUnit, rowCount)
    return units.lowerBound * rowsPerUnit * rowLength..<end * rowLength
  }

  /// Copies the row as often as a unit needs it.
  func fill(_ copies: UnsafeMutablePointer<UInt8>, with row: UnsafePointer<UInt8>) {
    for index in 0..<rowsPerUnit {
      (copies + index * rowLength).update(from: row, count: rowLength)
    }
  }

  var unitLength: Int { rowsPerUnit * rowLength }
}
