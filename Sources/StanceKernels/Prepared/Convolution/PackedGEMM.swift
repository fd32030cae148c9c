import CStanceKernels
import StanceTensors

/// Weights `[depth, columns]` packed for one instruction set's matrix multiplication, with bias and
/// epilogue.
struct PackedGEMM: Sendable {
  let precision: FloatPrecision
  let instructionSet: InstructionSet
  let depth: Int
  let columnCount: Int
  let width: Int
  let hasAddend: Bool
  private let kernel: @Sendable (UnsafePointer<st_f32_gemm>) -> Void
  private let packedFloats: PackedNumbers<Float>?
  private let packedPairs: PackedNumbers<UInt16>?
  private let bias: PackedNumbers<Float>
  private let before: PackedActivation
  private let after: PackedActivation
  /// Where there is one column: the begins of the pieces of a row that is one run of memory.
  private let contiguousPieces: PackedNumbers<Int>?
  private let pieceLength: Int

  /// - Parameters:
  ///   - weights: `w[k, n]` lies at `k * depthStride + n * columnStride`.
  ///   - epilogue: slopes are those of the columns.
  ///   - pieceLength: of the pieces that rows may be made of, even for bfloat16; nil where they
  ///     never are.
  init(
    weights: UnsafePointer<Float>, depth: Int, columnCount: Int, depthStride: Int,
    columnStride: Int, pieceLength: Int? = nil, bias: UnsafeBufferPointer<Float>?,
    epilogue: FloatEpilogue,
    precision: FloatPrecision, instructionSets: [InstructionSet]
  ) {
    let packing: st_gemm_packing
    let isColumn = columnCount == 1
    let pieceLength = max(pieceLength ?? depth, 1)
    let pieces = (count: Int32(depth / pieceLength), length: Int32(pieceLength))
    let size = (depth: Int32(depth), columns: Int32(columnCount))
    switch precision {
    case .float32:
      let kernels = FloatKernels.best(in: instructionSets)
      let function = isColumn ? kernels.table.gemm_column : kernels.table.gemm
      packing = kernels.table.packing
      instructionSet = kernels.instructionSet
      kernel = { function?($0) }
      let count =
        isColumn
        ? st_f32_gemm_column_count(packing, pieces.count, pieces.length)
        : st_f32_gemm_packed_count(packing, size.depth, size.columns)
      packedFloats = PackedNumbers(count: count, zero: 0) {
        if isColumn {
          st_f32_gemm_column_pack(
            packing, pieces.count, pieces.length, weights, depthStride, $0)
        } else {
          st_f32_gemm_pack(
            packing, size.depth, size.columns, weights, depthStride, columnStride, $0)
        }
      }
      packedPairs = nil
      contiguousPieces =
        isColumn ? PackedNumbers((0..<Int(pieces.count)).map { $0 * pieceLength }) : nil
    case .bfloat16:
      let kernels = BFloat16Kernels.best(in: instructionSets)
      let function = isColumn ? kernels.table.gemm_column : kernels.table.gemm
      packing = kernels.table.packing
      instructionSet = kernels.instructionSet
      kernel = { function?($0) }
      let count =
        isColumn
        ? st_bf16_gemm_column_count(packing, pieces.count, pieces.length)
        : st_bf16_gemm_packed_count(packing, size.depth, size.columns)
      packedPairs = PackedNumbers(count: count, zero: 0) {
        if isColumn {
          st_bf16_gemm_column_pack(
            packing, pieces.count, pieces.length, weights, depthStride, $0)
        } else {
          st_bf16_gemm_pack(
            packing, size.depth, size.columns, weights, depthStride, columnStride, $0)
        }
      }
      packedFloats = nil
      contiguousPieces = nil
    }
    self.pieceLength = pieceLength
    self.precision = precision
    self.depth = depth
    self.columnCount = columnCount
    width = Int(packing.width)
    hasAddend = epilogue.hasAddend
    self.bias = PackedNumbers(bias, channelCount: columnCount, width: width)
    before = PackedActivation(epilogue.before, channelCount: columnCount, width: width)
    after = PackedActivation(epilogue.after, channelCount: columnCount, width: width)
  }

  /// Steps of depth: floats, or pairs of bfloat16.
  var stepCount: Int { precision == .float32 ? depth : (depth + 1) / 2 }

  /// Rows of A, each made of pieces of equal length that begin at `segments` behind the row's own
  /// begin. All numbers are steps of depth.
  struct Rows {
    var base: UnsafeRawPointer
    var stride: Int
    var count: Int
    var segments: UnsafePointer<Int>
    var segmentCount: Int
    var segmentLength: Int
    /// The row of the weights that the first piece begins with.
    var firstDepth = 0
  }

  /// Where results go, and what is added to them; strides are elements between rows. Elements are
  /// floats, or bfloat16 where factors are.
  struct Results {
    var base: UnsafeMutableRawPointer
    var stride: Int
    var addend: UnsafeRawPointer?
    var addendStride = 0
    var precision = FloatPrecision.float32
    var addendPrecision = FloatPrecision.float32
  }

  /// - Parameter next: what is read afterwards: it is fetched into the cache meanwhile.
  func multiply(_ rows: Rows, into results: Results, next: UnsafeRawBufferPointer? = nil) {
    guard rows.count > 0 else { return }
    var descriptor = st_f32_gemm()
    descriptor.a = rows.base
    descriptor.a_stride = rows.stride
    if let contiguousPieces, contiguousPieces.count > 1, rows.segmentLength == depth {
      descriptor.segments = UnsafePointer(contiguousPieces.base)
      descriptor.segment_count = Int32(contiguousPieces.count)
      descriptor.segment_length = Int32(pieceLength)
    } else {
      descriptor.segments = rows.segments
      descriptor.segment_count = Int32(rows.segmentCount)
      descriptor.segment_length = Int32(rows.segmentLength)
    }
    descriptor.rows = Int32(rows.count)
    descriptor.weights =
      packedFloats.map { UnsafeRawPointer($0.base) }
      ?? packedPairs.map { UnsafeRawPointer($0.base) }
    descriptor.depth = Int32(stepCount)
    descriptor.first_depth = Int32(rows.firstDepth)
    descriptor.columns = Int32(columnCount)
    descriptor.bias = UnsafePointer(bias.base)
    descriptor.y = results.base
    descriptor.y_stride = results.stride
    descriptor.addend = results.addend
    descriptor.addend_stride = results.addendStride
    descriptor.y_is_bf16 = results.precision == .bfloat16 ? 1 : 0
    descriptor.addend_is_bf16 = results.addendPrecision == .bfloat16 ? 1 : 0
    descriptor.before = before.descriptor()
    descriptor.after = after.descriptor()
    descriptor.next = next?.baseAddress
    descriptor.next_bytes = next?.count ?? 0
    kernel(&descriptor)
  }
}
