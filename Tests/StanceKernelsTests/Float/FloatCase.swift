import StanceKernels
import StanceTensors
import Testing

extension SeededGenerator {
  init(_ seed: Int) { self.init(seed: UInt64(seed) &* 0x9E37_79B9_7F4A_7C15) }

  mutating func floats(_ count: Int) -> [Float] {
    (0..<count).map { _ in Float.random(in: -1...1, using: &self) }
  }
}

extension InstructionSet {
  /// False, with a note, where this machine lacks the set.
  var isTestable: Bool {
    if Self.available.contains(self) { return true }
    print("skipped: this machine lacks \(rawValue)")
    return false
  }
}

/// A float tensor whose elements lie between others, so that strays are noticed.
final class FloatBuffer {
  static let canary = Float(bitPattern: 0x7FBA_DBAD)
  private static let margin = 64

  let shape: Shape
  private let memory: UnsafeMutableBufferPointer<Float>
  private let start: Int

  /// - Parameter misalignment: elements behind a 64-byte boundary.
  init(_ shape: Shape, _ elements: [Float]? = nil, misalignment: Int = 0) {
    self.shape = shape
    let count = shape.elementCount
    let raw = UnsafeMutableRawBufferPointer.allocate(
      byteCount: (count + 2 * Self.margin + misalignment) * 4, alignment: 64)
    memory = raw.bindMemory(to: Float.self)
    memory.initialize(repeating: Self.canary)
    start = Self.margin + misalignment
    if let elements {
      for (index, element) in elements.enumerated() { memory[start + index] = element }
    }
  }

  deinit { memory.deallocate() }

  private var part: UnsafeMutableBufferPointer<Float> {
    UnsafeMutableBufferPointer(rebasing: memory[start..<start + shape.elementCount])
  }

  var elements: [Float] { Array(part) }

  var view: TensorView {
    TensorView(
      shape: shape, elementType: .float32, quantization: nil,
      bytes: UnsafeRawBufferPointer(UnsafeMutableRawBufferPointer(part)))
  }

  var mutableView: MutableTensorView {
    MutableTensorView(
      shape: shape, elementType: .float32, quantization: nil,
      bytes: UnsafeMutableRawBufferPointer(part))
  }

  /// Whether nothing was written around the elements.
  var isFenced: Bool {
    memory.indices.allSatisfy { index in
      (start..<start + shape.elementCount).contains(index)
        || memory[index].bitPattern == Self.canary.bitPattern
    }
  }
}

/// Lets buffers live until here: a view does not.
@inline(never)
func keep(_ buffers: [FloatBuffer?]) {
  withExtendedLifetime(buffers) {}
}

/// Runs a kernel, its units divided at random, and gives the results.
func run(
  _ kernel: some PreparedKernel, _ inputs: [FloatBuffer], output shape: Shape,
  using generator: inout SeededGenerator
) -> [Float] {
  let output = FloatBuffer(shape, misalignment: Int.random(in: 0..<16, using: &generator))
  runUnits(of: kernel, inputs.map(\.view), output.mutableView, using: &generator)
  keep(inputs)
  #expect(output.isFenced, "\(kernel.name) wrote beside its output of shape \(shape)")
  return output.elements
}

/// Runs a kernel, its units divided at random.
func runUnits(
  of kernel: some PreparedKernel, _ inputs: [TensorView], _ output: MutableTensorView,
  using generator: inout SeededGenerator
) {
  let scratch = UnsafeMutableRawBufferPointer.allocate(
    byteCount: kernel.scratchByteCount + 64, alignment: 64)
  defer { scratch.deallocate() }
  var first = 0
  while first < kernel.unitCount {
    // What a former call left must not matter.
    scratch.initializeMemory(as: UInt8.self, repeating: 0xFF)
    let end = Int.random(in: first + 1...kernel.unitCount, using: &generator)
    kernel.run(
      units: first..<end, inputs: inputs, outputs: [output],
      scratch: UnsafeMutableRawBufferPointer(rebasing: scratch[..<kernel.scratchByteCount]))
    first = end
  }
  #expect(
    scratch[kernel.scratchByteCount...].allSatisfy { $0 == 0xFF } || kernel.unitCount == 0,
    "\(kernel.name) wrote behind its scratch")
}

/// The largest difference, relative to the largest magnitude expected; NaN where one is missing.
func relativeError(_ results: [Float], _ expected: [Float]) -> Float {
  guard results.count == expected.count else { return .infinity }
  let largest = max(expected.map(\.magnitude).max() ?? 0, 1e-20)
  return zip(results, expected).reduce(0) { worst, pair in
    if pair.0.isNaN != pair.1.isNaN { return .infinity }
    return pair.0.isNaN || pair.0 == pair.1 ? worst : max(worst, (pair.0 - pair.1).magnitude)
  } / largest
}
