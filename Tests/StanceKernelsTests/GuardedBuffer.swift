import StanceKernels
import StanceTensors
import Testing

/// Memory for a tensor between bytes that must not change, at any alignment.
///
/// Views do not keep it alive.
final class GuardedBuffer {
  static let canary: UInt8 = 0xA7
  private static let margin = 192

  let count: Int
  private let memory: UnsafeMutableRawBufferPointer
  private let offset: Int

  /// - Parameter misalignment: the first element lies so many bytes beyond a multiple of 64.
  init(count: Int, misalignment: Int = 0) {
    self.count = count
    offset = Self.margin + misalignment
    memory = .allocate(byteCount: count + 2 * Self.margin + misalignment, alignment: 64)
    memory.initializeMemory(as: UInt8.self, repeating: Self.canary)
  }

  convenience init(_ bytes: [UInt8], misalignment: Int = 0) {
    self.init(count: bytes.count, misalignment: misalignment)
    elements.copyBytes(from: bytes)
  }

  deinit { memory.deallocate() }

  var elements: UnsafeMutableRawBufferPointer {
    UnsafeMutableRawBufferPointer(rebasing: memory[offset..<offset + count])
  }

  var bytes: [UInt8] { Array(elements) }

  var canariesAreWhole: Bool {
    memory[..<offset].allSatisfy { $0 == Self.canary }
      && memory[(offset + count)...].allSatisfy { $0 == Self.canary }
  }

  func view(
    _ shape: Shape, _ type: ElementType, _ quantization: Quantization? = nil
  ) -> TensorView {
    TensorView(
      shape: shape, elementType: type, quantization: quantization,
      bytes: UnsafeRawBufferPointer(elements))
  }

  func mutableView(
    _ shape: Shape, _ type: ElementType, _ quantization: Quantization? = nil
  ) -> MutableTensorView {
    MutableTensorView(
      shape: shape, elementType: type, quantization: quantization, bytes: elements)
  }
}

extension PreparedKernel {
  /// Runs all units, in groups of up to `groupCount` in no particular order, and checks that nothing
  /// was written beside the outputs.
  func runInGroups(
    of groupCount: Int, inputs: [TensorView], outputs: [MutableTensorView]
  ) -> Bool {
    let scratch = UnsafeMutableRawBufferPointer.allocate(
      byteCount: scratchByteCount + 128, alignment: 64)
    defer { scratch.deallocate() }
    scratch.initializeMemory(as: UInt8.self, repeating: GuardedBuffer.canary)
    var groups: [Range<Int>] = []
    var first = 0
    while first < unitCount {
      groups.append(first..<min(first + groupCount, unitCount))
      first += groupCount
    }
    for group in groups.reversed() {
      run(
        units: group, inputs: inputs, outputs: outputs,
        scratch: UnsafeMutableRawBufferPointer(rebasing: scratch[..<scratchByteCount]))
    }
    return scratch[scratchByteCount...].allSatisfy { $0 == GuardedBuffer.canary }
  }
}
