import CAllocationCount
import Foundation
import StanceFormats
import StanceRuntime
import StanceTestSupport
import Testing

/// A run allocates nothing once a first one is done. Each test is a process of its own, so that no
/// other one's allocations are counted.
@Suite(.enabled(if: st_can_count_allocations() != 0, "counts allocations with glibc alone"))
struct AllocationTests {
  @Test func countsAllocations() async {
    await #expect(processExitsWith: .success) {
      st_begin_counting_allocations()
      let array = [Int](repeating: 1, count: Int.random(in: 100...200))
      let block = UnsafeMutableRawPointer.allocate(byteCount: array.count, alignment: 64)
      #expect(st_end_counting_allocations() >= 2)
      block.deallocate()
      st_begin_counting_allocations()
      #expect(st_end_counting_allocations() == 0)
    }
  }

  /// Those of the operator suite whose shapes are known and whose kernels are prepared.
  @Test(arguments: [1, 2])
  func operatorsAllocateNothing(_ threads: Int) async {
    await #expect(processExitsWith: .success) { [threads] in
      var kernels: Set<String> = []
      for family in ["windows", "elementwise", "movement"] {
        for operatorCase in OperatorCase.all(in: family) {
          let interpreter = try operatorCase.interpreter(threads: threads)
          try interpreter.invoke()
          let names = try interpreter.profile(runs: 1).map(\.kernel)
          guard !names.contains("plain"), !names.contains("general") else { continue }
          kernels.formUnion(names)
          let count = try allocations(in: interpreter)
          #expect(count == 0, "\(operatorCase): \(count) allocations")
        }
      }
      #expect(kernels.count > 20, "\(kernels.sorted())")
    }
  }

  @Test(.enabled(if: SharedData.isPresent, "needs the shared data"), arguments: [1, 2])
  func networksAllocateNothing(_ threads: Int) async {
    await #expect(processExitsWith: .success) { [threads] in
      var compared = 0
      for path in networks where FileManager.default.fileExists(atPath: path) {
        let model = try ModelReader.read(contentsOf: path)
        let interpreter = try Interpreter(graph: model.graph, threads: threads)
        try interpreter.allocateTensors()
        try interpreter.invoke()
        let count = try allocations(in: interpreter)
        #expect(count == 0, "\(path): \(count) allocations")
        compared += 1
      }
      #expect(compared >= 3)
    }
  }
}

private let networks =
  [
    "models/coral/posenet_mobilenet_v1_075_353_481_quant.tflite",
    "models/movenet/movenet_single_pose_lightning_ptq.tflite",
    "models/posenet/posenet_mobilenet_v1_075_257x257_float_stride16.tflite",
  ].map(SharedData.path)
  + ["pose_detection.tflite", "pose_landmark_full.tflite"].map {
    NSHomeDirectory() + "/.cache/stance/models/" + $0
  }

/// Of a second run.
private func allocations(in interpreter: Interpreter) throws -> Int {
  st_begin_counting_allocations()
  defer { _ = st_end_counting_allocations() }
  try interpreter.invoke()
  return Int(st_end_counting_allocations())
}
