import StanceKernels
import StanceTensors
import Testing

/// A tensor of floats stored as float32 or bfloat16, between other elements so that strays are
/// noticed.
final class StoredBuffer {
  private static let margin = 64

  let shape: Shape
  let precision: FloatPrecision
  private let memory: UnsafeMutableRawBufferPointer
  private let start: Int
  private let byteCount: Int

  /// - Parameter elements: rounded to nearest even where they are stored as bfloat16.
  init(
    _ shape: Shape, _ elements: [Float]? = nil, as precision: FloatPrecision,
    misalignment: Int = 0
  ) {
    self.shape = shape
    self.precision = precision
    let size = precision == .float32 ? 4 : 2
    byteCount = shape.elementCount * size
    start = Self.margin + misalignment * size
    memory = .allocate(byteCount: start + byteCount + Self.margin, alignment: 64)
    memory.initializeMemory(as: UInt8.self, repeating: 0x7F)
    for (index, element) in (elements ?? []).enumerated() {
      if precision == .float32 {
        memory.storeBytes(of: element, toByteOffset: start + index * 4, as: Float.self)
      } else {
        memory.storeBytes(
          of: UInt16(element.roundedToBFloat16.bitPattern >> 16),
          toByteOffset: start + index * 2, as: UInt16.self)
      }
    }
  }

  deinit { memory.deallocate() }

  private var part: UnsafeMutableRawBufferPointer {
    UnsafeMutableRawBufferPointer(rebasing: memory[start..<start + byteCount])
  }

  private var elementType: ElementType { precision == .float32 ? .float32 : .bfloat16 }

  var elements: [Float] {
    (0..<shape.elementCount).map { index in
      precision == .float32
        ? part.load(fromByteOffset: index * 4, as: Float.self)
        : Float(bitPattern: UInt32(part.load(fromByteOffset: index * 2, as: UInt16.self)) << 16)
    }
  }

  var view: TensorView {
    TensorView(
      shape: shape, elementType: elementType, quantization: nil,
      bytes: UnsafeRawBufferPointer(part))
  }

  var mutableView: MutableTensorView {
    MutableTensorView(
      shape: shape, elementType: elementType, quantization: nil, bytes: part)
  }

  /// Whether nothing was written around the elements.
  var isFenced: Bool {
    memory[..<start].allSatisfy { $0 == 0x7F }
      && memory[(start + byteCount)...].allSatisfy { $0 == 0x7F }
  }
}

/// Runs a kernel, its units divided at random, and gives the results, stored in one way or the other.
func run(
  _ kernel: some PreparedKernel, _ inputs: [StoredBuffer], output shape: Shape,
  as precision: FloatPrecision, using generator: inout SeededGenerator
) -> [Float] {
  let output = StoredBuffer(
    shape, as: precision, misalignment: Int.random(in: 0..<16, using: &generator))
  runUnits(of: kernel, inputs.map(\.view), output.mutableView, using: &generator)
  withExtendedLifetime(inputs) {}
  #expect(output.isFenced, "\(kernel.name) wrote beside its output of shape \(shape)")
  return output.elements
}
