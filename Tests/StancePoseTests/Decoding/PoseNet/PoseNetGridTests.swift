import Testing

@testable import StancePose

@Suite struct PoseNetGridTests {
  func grid(
    rows: Int = 9, columns: Int = 9, width: Int = 257, height: Int = 257,
    mapping: PoseNetParameters.GridMapping = .cellsAtStride,
    rounding: PoseNetParameters.Rounding = .halfUp
  ) throws -> PoseNetGrid {
    try PoseNetGrid(
      rows: rows, columns: columns, inputSize: ModelSize(width: width, height: height),
      mapping: mapping, rounding: rounding)
  }

  @Test func strideFollowsFromInputAndGrid() throws {
    #expect(try grid().strideX == 32)
    #expect(try grid(rows: 17, columns: 17).strideY == 16)
    let coral = try grid(rows: 23, columns: 31, width: 481, height: 353)
    #expect(coral.strideY == 16 && coral.strideX == 16)
    #expect(try grid(rows: 9, columns: 10).strideX == 256.0 / 9)
  }

  @Test func edgeToEdgeReachesTheInputsSide() throws {
    let article = try grid(mapping: .edgeToEdge)
    #expect(article.position(of: GridCell(row: 8, column: 0)) == ModelPoint(x: 0, y: 257))
    #expect(article.position(of: GridCell(row: 0, column: 4)) == ModelPoint(x: 128.5, y: 0))
  }

  @Test func aSingleCellIsNearestToEverything() throws {
    let single = try grid(rows: 1, columns: 1, width: 33, height: 17)
    #expect(single.position(of: GridCell(row: 0, column: 0)) == .zero)
    let far = ModelPoint(x: 1e300, y: -1e300)
    #expect(single.cell(nearestTo: far) == GridCell(row: 0, column: 0))
  }

  @Test func halvesRoundAsTheProfileSays() throws {
    let point = ModelPoint(x: 16, y: 48)
    #expect(try grid().cell(nearestTo: point) == GridCell(row: 2, column: 1))
    #expect(
      try grid(rounding: .halfToEven).cell(nearestTo: point) == GridCell(row: 2, column: 0))
    #expect(PoseNetGrid.index(nearestTo: 2.5, count: 9, rounding: .halfUp) == 3)
    #expect(PoseNetGrid.index(nearestTo: 2.5, count: 9, rounding: .halfToEven) == 2)
    #expect(PoseNetGrid.index(nearestTo: -0.5, count: 9, rounding: .halfUp) == 0)
  }

  @Test func pointsOutsideGoToTheBorderAndThoseNowhereToNoCell() throws {
    let nine = try grid()
    #expect(nine.cell(nearestTo: ModelPoint(x: -900, y: 1e40)) == GridCell(row: 8, column: 0))
    #expect(nine.cell(nearestTo: ModelPoint(x: .nan, y: 0)) == nil)
    #expect(nine.cell(nearestTo: ModelPoint(x: 0, y: .infinity)) == nil)
  }

  @Test func anInputSmallerThanTheGridIsAnError() {
    let error = #expect(throws: PoseDecodingError.self) { try grid(width: 8) }
    #expect(error?.code == .invalidInputSize)
    #expect(throws: PoseDecodingError.self) { try grid(width: Int.min, height: 0) }
  }
}
