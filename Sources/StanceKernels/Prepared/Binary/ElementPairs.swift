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
