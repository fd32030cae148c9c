import StanceGraph
import StanceTensors
import Testing

@testable import StanceCommands

@Suite struct WeightStatisticsTests {
  private func bytes<Element: BitwiseCopyable>(_ elements: [Element]) -> Bytes {
    elements.withUnsafeBytes { Bytes(copying: $0) }
  }

  private func value(
    _ type: ElementType, _ shape: Shape, _ constant: Bytes?,
    quantization: Quantization? = nil, sparsity: Sparsity? = nil
  ) -> Value {
    Value(
      name: "w", elementType: type, shape: shape, quantization: quantization, constant: constant,
      sparsity: sparsity)
  }

  @Test func floats() throws {
    let statistics = try #require(
      WeightStatistics(value(.float32, [2, 3], bytes([-1, 0, 0, 0, 2, 5] as [Float]))))
    #expect(statistics.count == 6)
    #expect((statistics.minimum, statistics.maximum) == (-1, 5))
    #expect(statistics.mean == 1)
    // Squares of -2, -1, -1, -1, 1, 4 are 24 in all.
    #expect(statistics.deviation == 2)
    #expect(statistics.zeros == 0.5)
    #expect(statistics.zeroText == "50.0 %")
    #expect(statistics.histogram.reduce(0, +) == 6)
    #expect(statistics.histogram.first == 1 && statistics.histogram.last == 1)
    #expect(statistics.histogram[5] == 3)
  }

  @Test func whatIsNotFiniteIsCountedApart() throws {
    let statistics = try #require(
      WeightStatistics(value(.float32, [4], bytes([.nan, 1, -.infinity, 3] as [Float]))))
    #expect(statistics.strangeCount == 2)
    #expect((statistics.minimum, statistics.maximum, statistics.mean) == (1, 3, 2))
    #expect(WeightStatistics(value(.float32, [1], bytes([Float.nan]))) == nil)
  }

  @Test func integersStandForRealNumbersByChannel() throws {
    let quantization = Quantization(scales: [0.5, 2], zeroPoints: [0, 1], axis: 0)
    let statistics = try #require(
      WeightStatistics(
        value(.int8, [2, 2], bytes([2, -4, 1, 5] as [Int8]), quantization: quantization)))
    // 1, -2 and 0, 8.
    #expect((statistics.minimum, statistics.maximum) == (-2, 8))
    #expect((statistics.mean, statistics.zeros) == (1.75, 0.25))
    let last = Quantization(scales: [0.5, 2], zeroPoints: [0, 1], axis: 1)
    let other = try #require(
      WeightStatistics(value(.int8, [2, 2], bytes([2, -4, 1, 5] as [Int8]), quantization: last)))
    // 1, -10 and 0.5, 8.
    #expect((other.minimum, other.maximum) == (-10, 8))
  }

  @Test func narrowTypes() throws {
    // Two a byte, the lower half first: 1, -1, 7.
    let four = try #require(WeightStatistics(value(.int4, [3], Bytes([0xF1, 0x07]))))
    #expect((four.minimum, four.maximum, four.count) == (-1, 7, 3))
    let half = try #require(
      WeightStatistics(value(.float16, [2], bytes([0x3C00, 0xC000] as [UInt16]))))
    #expect((half.minimum, half.maximum) == (-2, 1))
    let brain = try #require(
      WeightStatistics(value(.bfloat16, [2], bytes([0x3F80, 0xC000] as [UInt16]))))
    #expect((brain.minimum, brain.maximum) == (-2, 1))
    let large = try #require(
      WeightStatistics(value(.int64, [1], bytes([9_007_199_254_740_991] as [Int64]))))
    #expect(large.maximum == 9_007_199_254_740_991)
  }

  @Test func zerosThatAreNotStoredCount() throws {
    let sparsity = Sparsity(traversalOrder: [0], blockMap: [], levels: [.dense(size: 4)])
    let statistics = try #require(
      WeightStatistics(value(.float32, [4], bytes([4, 8] as [Float]), sparsity: sparsity)))
    #expect((statistics.minimum, statistics.maximum) == (0, 8))
    #expect((statistics.mean, statistics.zeros) == (3, 0.5))
    #expect(statistics.histogram.reduce(0, +) == 4)
  }

  @Test func largeConstantsAreSampled() throws {
    let numbers = (0..<1000).map { Float($0 % 2) }
    let constant = value(.float32, [1000], bytes(numbers))
    let statistics = try #require(WeightStatistics(constant, sampleLimit: 100))
    #expect(statistics.sampling == 10)
    #expect(statistics.histogram.reduce(0, +) == 100)
    #expect(statistics.count == 1000)
  }

  @Test func whatCannotBeReadHasNoStatistics() {
    #expect(WeightStatistics(value(.float32, [4], nil)) == nil)
    #expect(WeightStatistics(value(.float32, [4], Bytes([1, 2, 3]))) == nil)
    #expect(WeightStatistics(value(.string, [1], Bytes([1, 2, 3]))) == nil)
    #expect(WeightStatistics(value(.float32, [0], Bytes([]))) == nil)
  }

  /// A file of few bytes can name them as the weights of very many tensors.
  @Test func theWorkOfAFileIsLimited() {
    let shared = Bytes([UInt8](repeating: 1, count: 1 << 22))
    let values = (0..<40).map { _ in value(.int8, [1 << 22], shared) }
    let figures = ConstantFigures.of([Graph(values: values)])
    #expect(figures[0].count { $0 != nil } == ConstantFigures.elementLimit >> 22)
  }

  @Test func fewNumbersAreListed() {
    let graph = Graph(values: [value(.int32, [3], bytes([1, -257, 3] as [Int32]))])
    #expect(ConstantFigures.of([graph])[0][0]?.values == "1, -257, 3")
  }
}
