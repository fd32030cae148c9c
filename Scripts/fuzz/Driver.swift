import Foundation
import StanceFormats
import StanceGraph
import StanceTensors

/// What is fuzzed: `STANCE_FUZZ_TARGET` names one.
enum Target: String, CaseIterable {
  case model, flexbuffer, numpy

  static let current = Target(
    rawValue: ProcessInfo.processInfo.environment["STANCE_FUZZ_TARGET"] ?? "model")

  func read(_ bytes: Bytes) throws {
    switch self {
    case .model: _ = try ModelReader.read(bytes, name: "fuzzed")
    case .flexbuffer: _ = try FlexBuffer(decoding: bytes)
    case .numpy: _ = try NumPy.read(bytes, name: "fuzzed")
    }
  }

  /// The most memory in bytes that reading `count` bytes may take: the reader's budget, and
  /// 16 KiB for its own objects and an error's text.
  func memoryLimit(count: Int) -> Int {
    switch self {
    case .model: max(64 << 10, 4 * count) + 16 << 10
    case .flexbuffer: max(64 << 10, 64 * count) + 16 << 10
    case .numpy: max(64 << 10, 40 * count) + 16 << 10
    }
  }

  func seeds() throws -> [[UInt8]] {
    switch self {
    case .model:
      return [TestModel.rich.root.file()]
        + (0...209).map { TestModel.single($0, custom: "Custom").root.file() }
    case .flexbuffer:
      return [
        Array("foo\u{0}bar\u{0}".utf8) + [2, 5, 10, 2, 1, 2, 2, 1, 4, 4, 4, 36, 1],
        [2, 1, 1, 4, 104, 4, 40, 1], [3, 1, 2, 3, 3, 44, 1], [2, 104, 105, 0, 3, 20, 1],
        [0, 0, 0, 0, 0, 0, 4, 0x40, 15, 8], [2, 7, 9, 2, 100, 1],
      ]
    case .numpy:
      return [
        try NumPy.encode(Tensor([1, 2, 3, 4, 5, 6] as [Float], shape: [2, 3])),
        try NumPy.encode(Tensor([true, false], shape: [2])),
        Array("\u{0}".utf8),
      ]
    }
  }
}

@_cdecl("LLVMFuzzerInitialize")
public func initialize(
  _ count: UnsafeMutableRawPointer?, _ arguments: UnsafeMutableRawPointer?
) -> CInt {
  guard let target = Target.current else {
    print("fuzz: STANCE_FUZZ_TARGET must be one of \(Target.allCases.map(\.rawValue))")
    exit(2)
  }
  if let folder = ProcessInfo.processInfo.environment["STANCE_FUZZ_SEEDS"] {
    do {
      for (index, seed) in try target.seeds().enumerated() {
        try Data(seed).write(to: URL(fileURLWithPath: "\(folder)/seed-\(index)"))
      }
      exit(0)
    } catch {
      print("fuzz: the seeds cannot be written: \(error)")
      exit(1)
    }
  }
  AllocationMeter.install()
  return 0
}

@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  guard let target = Target.current else { return 0 }
  let bytes = Bytes(
    unsafeBuffer: UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : count)
  ) { _ in }
  var text = ""
  let peak = AllocationMeter.peak {
    do {
      try target.read(bytes)
    } catch {
      text = "\(error)"
    }
  }
  guard peak <= target.memoryLimit(count: count), text.utf8.count < 8192 else {
    // Standard output may not be written before the end.
    let report =
      "fuzz: \(peak) bytes of memory for \(count), a message of \(text.utf8.count)\n"
    FileHandle.standardError.write(Data(report.utf8))
    abort()
  }
  return 0
}
