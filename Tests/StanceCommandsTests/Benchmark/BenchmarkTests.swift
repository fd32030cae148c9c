import Foundation
import StanceTensors
import StanceTestSupport
import Testing

@testable import StanceCommands
@testable import StanceRuntime

@Suite struct RandomTensorsTests {
  private func details(_ type: ElementType, _ shape: Shape) -> TensorDetails {
    TensorDetails(
      name: "x", index: 0, shape: shape, shapeSignature: nil, elementType: type, quantization: nil)
  }

  @Test func theyAreTheSameEachTime() throws {
    var (first, second) = (RandomTensors(), RandomTensors())
    let details = details(.float32, [1000])
    let tensor = try first.next(for: details)
    #expect(try tensor == second.next(for: details))
    #expect(try tensor != second.next(for: details))
  }

  @Test func elementsAreOfTheInputsType() throws {
    var random = RandomTensors()
    let bytes = try random.next(for: details(.uint8, [100, 100])).elements(as: UInt8.self)
    #expect(Set(bytes).count == 256)
    let floats = try random.next(for: details(.float32, [10000])).elements(as: Float.self)
    #expect(floats.allSatisfy { abs($0) <= 1 } && Set(floats).count > 5000)
    let integers = try random.next(for: details(.int32, [100])).elements(as: Int32.self)
    #expect(Set(integers) == [0, 1])
    let halves = try random.next(for: details(.float16, [100])).realElements()
    #expect(halves.allSatisfy { (0...1).contains($0) } && Set(halves).count > 50)
  }

  @Test func whatCannotBeMadeIsNamed() {
    var random = RandomTensors()
    let error = #expect(throws: CommandError.self) {
      try random.next(for: details(.string, [1]))
    }
    #expect(error?.description.hasPrefix("input \"x\" takes string") == true)
  }
}

@Suite(.enabled(if: SharedData.isPresent, "needs the shared data"))
struct BenchmarkTests {
  private let path = SharedData.path(
    "models/posenet/posenet_mobilenet_v1_075_257x257_float_stride16.tflite")

  @Test(arguments: FloatPrecision.allCases)
  func aModelIsMeasured(precision: FloatPrecision) throws {
    var options = Benchmark.Options()
    options.runs = 2
    options.precision = precision
    let report = try Benchmark(path: path, options: options).report()
    #expect(report.times.minimum > 0 && report.times.minimum <= report.times.median)
    #expect(report.loadTime > 0)
    #expect(!report.peaks.isEmpty)
    let all = report.rates(of: report.steps, in: report.stepTime)
    #expect(all.multiplyAdds == 500_334_288)
    #expect(all.shareOfPeak ?? 0 > 0)
    #expect(report.kinds.reduce(0) { $0 + $1.steps.count } == report.steps.count)
  }

  @Test func aServerAnswersEachRequest() throws {
    let folder = try TemporaryFolder()
    let server = BenchmarkServer(benchmark: try Benchmark(path: path, options: Benchmark.Options()))
    var requests = ["run 2", "run x", "", "write \(folder["new/out"])"].makeIterator()
    var answers: [[String: Any]] = []
    try server.serve {
      requests.next()
    } answer: { line in
      #expect(line.hasSuffix("\n") && !line.dropLast().contains("\n"))
      let parsed = try JSONSerialization.jsonObject(with: Data(line.utf8))
      answers.append(try #require(parsed as? [String: Any]))
    }
    try #require(answers.count == 5)
    #expect(answers[0]["load_ms"] as? Double ?? 0 > 0)
    #expect((answers[1]["times_ms"] as? [Double])?.count == 2)
    #expect((answers[2]["error"] as? String)?.contains("\"run x\"") == true)
    #expect(answers[3]["error"] != nil)
    #expect((answers[4]["files"] as? [String])?.count == 4)
    #expect(folder.contents.filter { $0.hasSuffix(".npy") }.count == 4)
  }
}
