import Foundation
import StanceTensors
import Testing

@testable import StanceCommands
@testable import StanceRuntime

@Suite struct BenchmarkReportTests {
  @Test func aReportIsReadable() throws {
    try Golden.expect(Self.report.text, is: "bench.txt")
  }

  @Test func aReportIsJSON() throws {
    let text = Self.report.json.readableText
    try Golden.expect(text + "\n", is: "bench.json")
    let parsed = try JSONSerialization.jsonObject(with: Data(text.utf8))
    let object = try #require(parsed as? [String: Any])
    #expect(object["minimum_ms"] as? Double == 1.5)
    #expect(object["median_ms"] as? Double == 1.75)
  }

  @Test func aShareIsOfThePeakOfWhatIsMultiplied() throws {
    let report = Self.report
    // 2e6 multiply-adds of bytes at 4e9 a second are half a millisecond.
    let bytes = report.rates(of: [report.steps[0]], in: 1e-3)
    #expect(bytes.shareOfPeak == 0.5)
    #expect(bytes.perSecond == 2e9)
    let all = report.rates(of: report.steps, in: 2e-3)
    #expect(all.shareOfPeak == (0.5 + 0.25) / 2)
    #expect(all.multiplyAdds == nil)
    #expect(report.rates(of: [report.steps[3]], in: 1).shareOfPeak == nil)
  }

  @Test func mediansAreOfTheMiddle() {
    #expect(Durations([3, 1, 2]) == Durations([2, 3, 1]))
    #expect(Durations([3, 1, 2]).median == 2)
    #expect(Durations([4, 1, 2, 3]).median == 2.5)
    #expect(Durations([4, 1, 2, 3]).minimum == 1)
    #expect(Durations([7]).median == 7)
  }

  private static var report: BenchmarkReport {
    func step(
      _ nodes: [Int], _ operations: [String], _ kernel: String, _ factors: FactorType?,
      _ shape: Shape?, _ multiplyAdds: Int?, _ times: [Double]
    ) -> StepReport {
      StepReport(
        StepProfile(
          nodes: nodes, operations: operations, kernel: kernel, factors: factors,
          outputShape: shape, multiplyAdds: multiplyAdds, times: times))
    }
    var options = Benchmark.Options()
    options.threads = 2
    options.runs = 4
    return BenchmarkReport(
      path: "folder/model.tflite", options: options, engine: .fast([.scalar, .avx2]),
      loadTime: 0.0123, times: Durations([0.0015, 0.002, 0.0016, 0.0019]),
      peaks: [
        PeakRate(
          factors: .byte, instructionSet: .avx2, threads: 2, multiplyAddsPerSecond: 4e9),
        PeakRate(
          factors: .float32, instructionSet: .avx2, threads: 2, multiplyAddsPerSecond: 2e9),
      ],
      steps: [
        step(
          [0], ["CONV_2D"], "u8_gemm__avx2_6x16", .byte, [1, 8, 8, 4], 2_000_000, [1e-3, 2e-3]),
        step(
          [1, 2], ["CONV_2D", "ADD"], "f32_convolution_avx2", .float32, [1, 8, 8, 4], 500_000,
          [3e-4, 4e-4]),
        step([3], ["Decoder\u{1B}"], "general", nil, nil, nil, [2e-6]),
        step([4], ["CONCATENATION"], "copy_concatenation", nil, [1, 16], 0, [0]),
      ])
  }
}
