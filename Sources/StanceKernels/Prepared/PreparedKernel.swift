import StanceTensors

/// A kernel made ready for one node and fixed shapes: weights packed, tables and multipliers made.
///
/// Immutable, so that all threads and interpreters share it. The work is divided into units that
/// are independent of each other and give the same bits however they are grouped.
public protocol PreparedKernel: Sendable {
  /// For profiles: type, operation, instruction set and tile, as `u8_gemm_avx512vnni_14x32`.
  var name: String { get }

  /// How many units there are, for instance rows of output pixels; 0 for empty results.
  var unitCount: Int { get }

  /// Bytes of working memory that one thread needs.
  var scratchByteCount: Int { get }

  /// Whether the kernel reads operands and writes results of float32 also where their views say
  /// that they are stored as bfloat16.
  var takesBFloat16: Bool { get }

  /// Computes the results of `units`. Allocates nothing.
  ///
  /// - Parameters:
  ///   - inputs: the operands that vary (constants were packed), in the node's order. Memory behind
  ///     their last byte may be read, up to 64 bytes, but does not influence results.
  ///   - scratch: at least ``scratchByteCount`` bytes, aligned to 64, used by no other thread.
  func run(
    units: Range<Int>, inputs: [TensorView], outputs: [MutableTensorView],
    scratch: UnsafeMutableRawBufferPointer)
}

extension PreparedKernel {
  public var takesBFloat16: Bool { false }
}
